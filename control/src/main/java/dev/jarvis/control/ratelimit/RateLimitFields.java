package dev.jarvis.control.ratelimit;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** What can be chosen of a rate limit. What is absent stays, null takes a limit away; one of the three must be left. */
record RateLimitFields(OptionalInt requestsPerMinute, OptionalInt tokensPerMinute, OptionalInt concurrentRequests) {

    static RateLimitFields read(Fields in, Optional<RateLimit> before) {
        RateLimitFields fields = new RateLimitFields(
                in.positive("requests_per_minute", of(before, RateLimit::requestsPerMinute)),
                in.positive("tokens_per_minute", of(before, RateLimit::tokensPerMinute)),
                in.positive("concurrent_requests", of(before, RateLimit::concurrentRequests)));
        in.refuseOthers();
        if (fields.requestsPerMinute.isEmpty()
                && fields.tokensPerMinute.isEmpty()
                && fields.concurrentRequests.isEmpty()) {
            throw Refusal.badRequest(
                    "missing_parameter",
                    "Give at least one of 'requests_per_minute', 'tokens_per_minute' and 'concurrent_requests', or delete"
                            + " the limit.",
                    "requests_per_minute");
        }
        return fields;
    }

    private static OptionalInt of(Optional<RateLimit> before, Function<RateLimit, @Nullable Long> field) {
        @Nullable Long value = before.isPresent() ? field.apply(before.get()) : null;
        return value == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(value));
    }
}
