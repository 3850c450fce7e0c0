package dev.jarvis.gateway.rate;

import dev.jarvis.platform.redis.Redis;
import io.vertx.core.Context;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

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

    /** Is told of each answer before those who asked: the memory of Redis, and what of it was found destroyed. */
    @FunctionalInterface
    interface Met {
        void reply(String epoch, List<RateSubject> lost);
    }

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
                        met.reply(reply.epoch(), reply.lost());
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
}
