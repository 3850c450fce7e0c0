package dev.jarvis.gateway.rate;

import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/**
 * The {@code x-ratelimit-*} headers, as OpenAI's API sends them: of requests and of tokens each the limit that has the
 * least left. Absent where no limit binds.
 */
final class RateHeaders {
    private static final Names REQUESTS = Names.of("requests");
    private static final Names TOKENS = Names.of("tokens");

    private static final CharSequence MODE = HttpHeaders.createOptimized("x-ratelimit-mode");

    /** Encoded once: every answer under a limit has them. */
    private record Names(CharSequence limit, CharSequence remaining, CharSequence reset) {
        static Names of(String what) {
            return new Names(
                    HttpHeaders.createOptimized("x-ratelimit-limit-" + what),
                    HttpHeaders.createOptimized("x-ratelimit-remaining-" + what),
                    HttpHeaders.createOptimized("x-ratelimit-reset-" + what));
        }
    }

    private RateHeaders() {}

    static void tell(List<Standing> standings, boolean degraded, BiConsumer<CharSequence, CharSequence> to) {
        tell(REQUESTS, standings, RateLimit::requests, Standing::requests, to);
        tell(TOKENS, standings, RateLimit::tokens, Standing::tokens, to);
        if (degraded) {
            to.accept(MODE, "degraded");
        }
    }

    private static void tell(
            Names names,
            List<Standing> standings,
            ToLongFunction<RateLimit> limitOf,
            ToLongFunction<Standing> usedOf,
            BiConsumer<CharSequence, CharSequence> to) {
        long least = Long.MAX_VALUE;
        @Nullable Standing tightest = null;
        for (Standing standing : standings) {
            long limit = limitOf.applyAsLong(standing.limit());
            if (limit != RateLimit.UNLIMITED) {
                long left = Math.max(0, limit - usedOf.applyAsLong(standing));
                if (tightest == null || left < least) {
                    least = left;
                    tightest = standing;
                }
            }
        }
        if (tightest != null) {
            to.accept(names.limit(), Long.toString(limitOf.applyAsLong(tightest.limit())));
            to.accept(names.remaining(), Long.toString(least));
            to.accept(names.reset(), duration(tightest.resetMillis()));
        }
    }

    /** {@code 12ms}, {@code 1s}, {@code 6m0s}; whole seconds, rounded up, from one second on. */
    static String duration(long millis) {
        if (millis < 1000) {
            return millis + "ms";
        }
        long seconds = (millis + 999) / 1000;
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }
}
