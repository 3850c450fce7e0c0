package dev.jarvis.gateway.rate;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The {@code x-ratelimit-*} headers, as OpenAI's API sends them: of requests and of tokens each the limit that has the
 * least left. Absent where no limit binds.
 */
final class RateHeaders {
    private static final Names REQUESTS = Names.of("requests");
    private static final Names TOKENS = Names.of("tokens");

    private record Names(String limit, String remaining, String reset) {
        static Names of(String what) {
            return new Names("x-ratelimit-limit-" + what, "x-ratelimit-remaining-" + what, "x-ratelimit-reset-" + what);
        }
    }

    private RateHeaders() {}

    static Map<String, String> of(List<Standing> standings, boolean degraded) {
        Map<String, String> headers = new HashMap<>();
        put(REQUESTS, standings, limit -> limit.requests(), Standing::requests, headers);
        put(TOKENS, standings, limit -> limit.tokens(), Standing::tokens, headers);
        if (degraded) {
            headers.put("x-ratelimit-mode", "degraded");
        }
        return headers;
    }

    private static void put(
            Names names,
            List<Standing> standings,
            ToLongFunction<RateLimit> limitOf,
            ToLongFunction<Standing> usedOf,
            Map<String, String> headers) {
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
            headers.put(names.limit(), Long.toString(limitOf.applyAsLong(tightest.limit())));
            headers.put(names.remaining(), Long.toString(least));
            headers.put(names.reset(), duration(tightest.resetMillis()));
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
