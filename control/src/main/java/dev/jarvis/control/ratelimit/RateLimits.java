package dev.jarvis.control.ratelimit;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;
import org.jdbi.v3.core.Jdbi;

import java.util.Optional;
import java.util.UUID;

/** Sets and lifts rate limits. In force on every gateway within two seconds. */
public final class RateLimits {
    private final Jdbi jdbi;
    private final Audit audit;

    public RateLimits(Jdbi jdbi, Audit audit) {
        this.jdbi = jdbi;
        this.audit = audit;
    }

    RateLimit put(Call call, String scope, UUID subject) {
        Fields in = Fields.of(call);
        return jdbi.inTransaction(handle -> {
            if (!RateLimitTable.subjectExists(handle, scope, subject)) {
                throw Refusal.notFound("subject_not_found", "There is no such thing to limit. Check scope and id.");
            }
            Optional<RateLimit> before = RateLimitTable.lock(handle, scope, subject);
            RateLimit after = RateLimitTable.put(handle, scope, subject, RateLimitFields.read(in, before));
            audit.record(handle, call, "rate_limit.set", target(scope, subject), before.orElse(null), after);
            return after;
        });
    }

    void delete(Call call, String scope, UUID subject) {
        jdbi.useTransaction(handle -> {
            RateLimit before = RateLimitTable.lock(handle, scope, subject).orElseThrow(RateLimits::notFound);
            RateLimitTable.delete(handle, scope, subject);
            audit.record(handle, call, "rate_limit.delete", target(scope, subject), before, null);
        });
    }

    static Refusal notFound() {
        return Refusal.notFound("rate_limit_not_found", "There is no such limit. Check scope and id.");
    }

    private static Target target(String scope, UUID subject) {
        return new Target("rate_limit", scope + "/" + subject);
    }
}
