package dev.jarvis.gateway.rate;

import dev.jarvis.platform.redis.Redis;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Speaks to Redis about rates: one round trip for each request, whatever the number of its limits. Thread-safe. */
final class RedisRates {
    private final Redis redis;
    private final RateKeys keys;
    private final String run = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();

    RedisRates(Redis redis, UUID installation) {
        this.redis = redis;
        this.keys = new RateKeys(installation);
    }

    /**
     * What Redis decided, as {@link RateScripts#RESERVE} says it.
     *
     * @param worst the place of the claim that has no room
     * @param lost whose count was found destroyed
     */
    record Reply(
            boolean granted,
            String epoch,
            long second,
            int worst,
            Shortage.Kind kind,
            long waitMillis,
            List<Standing> standings,
            List<RateSubject> lost) {}

    /** A name for a request, unlike any other's. */
    String newId() {
        return run + ":" + count.incrementAndGet();
    }

    CompletionStage<Reply> reserve(List<RateClaim> claims, long tokens, String id) {
        String[] names = new String[1 + 2 * claims.size()];
        String[] arguments = new String[3 + 3 * claims.size()];
        names[0] = keys.epoch();
        arguments[0] = id;
        arguments[1] = id;
        arguments[2] = Long.toString(tokens);
        for (int i = 0; i < claims.size(); i++) {
            RateClaim claim = claims.get(i);
            names[1 + 2 * i] = keys.minute(claim.subject());
            names[2 + 2 * i] = keys.running(claim.subject());
            arguments[3 + 3 * i] = number(claim.limit().requests());
            arguments[4 + 3 * i] = number(claim.limit().tokens());
            arguments[5 + 3 * i] = number(claim.limit().concurrent());
        }
        return redis.run(RateScripts.RESERVE, names, arguments).thenApply(answer -> reply(answer, claims));
    }

    private static Reply reply(List<Object> answer, List<RateClaim> claims) {
        List<Standing> standings = new ArrayList<>(claims.size());
        List<RateSubject> lost = new ArrayList<>(0);
        for (int i = 0; i < claims.size(); i++) {
            int at = 6 + 4 * i;
            standings.add(new Standing(
                    claims.get(i).limit(), integer(answer, at), integer(answer, at + 1), integer(answer, at + 2)));
            if (integer(answer, at + 3) == 1) {
                lost.add(claims.get(i).subject());
            }
        }
        return new Reply(
                integer(answer, 0) == 1,
                String.valueOf(answer.get(1)),
                integer(answer, 2),
                (int) integer(answer, 3) - 1,
                switch ((int) integer(answer, 4)) {
                    case 2 -> Shortage.Kind.TOKENS;
                    case 3 -> Shortage.Kind.CONCURRENT;
                    case 4 -> Shortage.Kind.TOO_LARGE;
                    default -> Shortage.Kind.REQUESTS;
                },
                integer(answer, 5),
                standings,
                lost);
    }

    /** Nobody waits for it: what is lost of it ends by itself within a minute. */
    CompletionStage<List<Object>> settle(List<RateClaim> claims, String id, long second, long moreTokens) {
        String[] names = new String[2 * claims.size()];
        for (int i = 0; i < claims.size(); i++) {
            names[2 * i] = keys.minute(claims.get(i).subject());
            names[2 * i + 1] = keys.running(claims.get(i).subject());
        }
        return redis.run(RateScripts.SETTLE, names, id, Long.toString(second), Long.toString(moreTokens));
    }

    /** @param ids one for each subject */
    CompletionStage<List<Object>> renew(List<RateSubject> subjects, List<String> ids) {
        return redis.run(
                RateScripts.RENEW,
                subjects.stream().map(keys::running).toArray(String[]::new),
                ids.toArray(String[]::new));
    }

    /** @return the epoch */
    CompletionStage<String> tell(List<LocalRates.Unshared> counted) {
        String[] names = new String[1 + counted.size()];
        String[] arguments = new String[1 + 3 * counted.size()];
        names[0] = keys.epoch();
        arguments[0] = newId();
        for (int i = 0; i < counted.size(); i++) {
            LocalRates.Unshared one = counted.get(i);
            names[1 + i] = keys.minute(one.subject());
            arguments[1 + 3 * i] = Long.toString(one.ageMillis());
            arguments[2 + 3 * i] = Long.toString(one.requests());
            arguments[3 + 3 * i] = Long.toString(one.tokens());
        }
        return redis.run(RateScripts.TELL, names, arguments).thenApply(answer -> String.valueOf(answer.getFirst()));
    }

    private static String number(long limit) {
        return limit == RateLimit.UNLIMITED ? "-1" : Long.toString(limit);
    }

    private static long integer(List<Object> answer, int at) {
        return (Long) answer.get(at);
    }
}
