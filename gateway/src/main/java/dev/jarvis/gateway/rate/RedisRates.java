package dev.jarvis.gateway.rate;

import dev.jarvis.platform.redis.Redis;
import io.vertx.core.Context;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Speaks to Redis about rates. What the requests of one turn of an event loop want goes in one call: a busy gateway pays for
 * one round trip where it serves many requests, and an idle one waits for nobody. Thread-safe.
 */
final class RedisRates {
    /** Requests in one call: Redis does nothing else meanwhile, some 10 µs for each. */
    private static final int AT_ONCE = 64;

    private final Redis redis;
    private final RateKeys keys;
    private final Met met;
    private final String run = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();
    private final Queue<Wish> wishes = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean due = new AtomicBoolean();

    /** Is told of each answer before those who asked: the memory of Redis, and what of it is not what this node knew. */
    @FunctionalInterface
    interface Met {
        void reply(String epoch, Map<RateSubject, Long> births);
    }

    /**
     * What Redis says when it is told something.
     *
     * @param births of what it was told of
     * @param heard of counts that were made lately
     */
    record Told(String epoch, Map<RateSubject, Long> births, Map<RateSubject, Long> heard) {}

    private sealed interface Wish {}

    private record Begin(
            RateMoment.Beginning beginning,
            Context loop,
            Consumer<RateMoment.Decision> then,
            Consumer<Throwable> ifFailed)
            implements Wish {}

    private record Finish(RateMoment.End end, Consumer<Throwable> ifFailed) implements Wish {}

    RedisRates(Redis redis, UUID installation, Met met) {
        this.redis = redis;
        this.keys = new RateKeys(installation);
        this.met = met;
    }

    /** A name for a request, unlike any other's. */
    String newId() {
        return run + ":" + count.incrementAndGet();
    }

    /** Calls one of the two, later, on the loop. */
    void reserve(
            RateMoment.Beginning beginning,
            Context loop,
            Consumer<RateMoment.Decision> then,
            Consumer<Throwable> ifFailed) {
        ask(new Begin(beginning, loop, then, ifFailed), loop);
    }

    /** Nobody waits for it: what is lost of it ends by itself within a minute. */
    void settle(RateMoment.End end, Context loop, Consumer<Throwable> ifFailed) {
        ask(new Finish(end, ifFailed), loop);
    }

    /** The first wish of a turn of the loop has all of them sent when the turn is over. */
    private void ask(Wish wish, Context loop) {
        wishes.add(wish);
        if (due.compareAndSet(false, true)) {
            loop.runOnContext(turn -> send());
        }
    }

    private void send() {
        due.set(false);
        List<Wish> batch = next();
        while (!batch.isEmpty()) {
            send(batch);
            batch = next();
        }
    }

    private List<Wish> next() {
        List<Wish> batch = new ArrayList<>();
        for (Wish wish = wishes.poll(); wish != null; wish = batch.size() < AT_ONCE ? wishes.poll() : null) {
            batch.add(wish);
        }
        return batch;
    }

    private void send(List<Wish> batch) {
        RateMoment moment = new RateMoment();
        for (Wish wish : batch) {
            switch (wish) {
                case Begin begin -> moment.add(begin.beginning());
                case Finish finish -> moment.add(finish.end());
            }
        }
        redis.run(RateScripts.SERVE, moment.names(keys), moment.arguments(newId()))
                .thenApply(moment::reply)
                .whenComplete((reply, failure) -> {
                    if (failure == null) {
                        met.reply(reply.epoch(), reply.births());
                        tell(batch, reply.decisions());
                    } else {
                        fail(batch, failure);
                    }
                });
    }

    private static void tell(List<Wish> batch, List<RateMoment.Decision> decisions) {
        int at = 0;
        for (Wish wish : batch) {
            if (wish instanceof Begin begin) {
                RateMoment.Decision decision = decisions.get(at++);
                begin.loop().runOnContext(turn -> begin.then().accept(decision));
            }
        }
    }

    private static void fail(List<Wish> batch, Throwable failure) {
        for (Wish wish : batch) {
            switch (wish) {
                case Begin begin ->
                    begin.loop().runOnContext(turn -> begin.ifFailed().accept(failure));
                case Finish finish -> finish.ifFailed().accept(failure);
            }
        }
    }

    /** @param ids one for each subject */
    CompletionStage<List<Object>> renew(List<RateSubject> subjects, List<String> ids) {
        return redis.run(
                RateScripts.RENEW,
                subjects.stream()
                        .flatMap(subject -> Stream.of(keys.minute(subject), keys.running(subject)))
                        .toArray(String[]::new),
                ids.toArray(String[]::new));
    }

    /** @param unheard for how long this node has not heard what counts were made */
    CompletionStage<Told> tell(List<LocalRates.Unshared> counted, Duration unheard) {
        List<String> names = new ArrayList<>(List.of(keys.epoch(), keys.born()));
        List<String> arguments = new ArrayList<>(List.of(newId(), Long.toString(unheard.toMillis())));
        for (LocalRates.Unshared one : counted) {
            names.add(keys.minute(one.subject()));
            for (long number : new long[] {one.ageMillis(), one.requests(), one.tokens(), one.birth()}) {
                arguments.add(Long.toString(number));
            }
        }
        return redis.run(RateScripts.TELL, names.toArray(String[]::new), arguments.toArray(String[]::new))
                .thenApply(answer -> told(counted, answer));
    }

    private Told told(List<LocalRates.Unshared> counted, List<Object> answer) {
        Map<RateSubject, Long> births = new HashMap<>();
        int at = 1;
        for (LocalRates.Unshared one : counted) {
            births.put(one.subject(), (Long) answer.get(at++));
        }
        Map<RateSubject, Long> heard = new HashMap<>();
        while (at < answer.size()) {
            heard.put(keys.subject(String.valueOf(answer.get(at++))), (Long) answer.get(at++));
        }
        return new Told(String.valueOf(answer.getFirst()), births, heard);
    }
}
