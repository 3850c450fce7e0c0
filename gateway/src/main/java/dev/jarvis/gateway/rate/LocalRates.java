package dev.jarvis.gateway.rate;

import io.vertx.core.Context;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Counts rates in this node's memory, and applies this node's share of each limit. One lock for all subjects: it guards a
 * few additions and is held for well under a microsecond, and nothing is decided on half of what is known.
 */
public final class LocalRates implements RateStore {
    private final LongSupplier millis;
    private final Supplier<Share> share;
    private final Map<RateSubject, Minute> minutes = new HashMap<>();
    private long swept;

    /**
     * @param millis a clock that only goes forward: a wall clock that is set back would stop the world for as long
     * @param share this node's, at the moment
     */
    public LocalRates(LongSupplier millis, Supplier<Share> share) {
        this.millis = millis;
        this.share = share;
        this.swept = millis.getAsLong();
    }

    @Override
    public void reserve(List<RateClaim> claims, long tokens, Context loop, Consumer<RateAnswer> then) {
        then.accept(decide(claims, tokens, false, false));
    }

    /**
     * Decides at once.
     *
     * @param degraded the common memory is away
     * @param unshared what is granted is to be told to the common memory when it is back
     */
    synchronized RateAnswer decide(List<RateClaim> claims, long tokens, boolean degraded, boolean unshared) {
        long now = millis.getAsLong();
        Share mine = share.get();
        sweep(now);
        List<Minute> counted = new ArrayList<>(claims.size());
        List<RateLimit> limits = new ArrayList<>(claims.size());
        @Nullable Shortage worst = null;
        for (RateClaim claim : claims) {
            Minute minute = minute(claim.subject(), now);
            RateLimit limit = claim.limit().of(mine);
            counted.add(minute);
            limits.add(limit);
            @Nullable Shortage shortage = shortage(claim.subject(), limit, minute, tokens, mine, now);
            if (shortage != null && (worst == null || isWorse(shortage, worst))) {
                worst = shortage;
            }
        }
        if (worst != null) {
            return new RateAnswer.Refused(worst, standings(counted, limits, now), degraded);
        }
        long second = 0;
        for (Minute minute : counted) {
            second = minute.add(tokens, now, unshared);
            minute.enter();
        }
        return new RateAnswer.Granted(
                new Grant(counted, second, tokens, unshared), standings(counted, limits, now), degraded);
    }

    // What is known of the common memory

    /**
     * What was counted here and the common memory has not been told.
     *
     * @param latest the moment of the latest of it, by this node's clock
     * @param birth of the count that the rest was told to; 0: there is none
     */
    record Unshared(RateSubject subject, long birth, long latest, long ageMillis, long requests, long tokens) {}

    /** Counts what the common memory has granted. */
    synchronized RateGrant count(List<RateClaim> claims, long tokens) {
        long now = millis.getAsLong();
        sweep(now);
        List<Minute> counted = new ArrayList<>(claims.size());
        long second = 0;
        for (RateClaim claim : claims) {
            Minute minute = minute(claim.subject(), now);
            second = minute.add(tokens, now, false);
            minute.enter();
            counted.add(minute);
        }
        return new Grant(counted, second, tokens, false);
    }

    /** Notes what all nodes together have counted. */
    synchronized void saw(List<RateClaim> claims, List<Standing> standings) {
        long now = millis.getAsLong();
        for (int i = 0; i < claims.size(); i++) {
            Standing standing = standings.get(i);
            minute(claims.get(i).subject(), now).saw(standing.requests(), standing.tokens(), now);
        }
    }

    /** The common memory has lost what it had: all that is remembered here is unknown to it. */
    synchronized void forgetSharing() {
        minutes.values().forEach(Minute::forgetSharing);
    }

    /**
     * When the common memory began to count what it was told of each of these from here; 0: nothing of it would still count.
     * Empty: it has lately lost what is remembered of one of them, and is not to be asked.
     */
    synchronized long[] births(List<RateClaim> claims) {
        long now = millis.getAsLong();
        long[] births = new long[claims.size()];
        for (int i = 0; i < births.length; i++) {
            Minute minute = minute(claims.get(i).subject(), now);
            if (minute.isUntold()) {
                return new long[0];
            }
            births[i] = minute.birth();
        }
        return births;
    }

    /**
     * The common memory counts a subject since then. If it was told of it before, that is lost.
     *
     * @return whether requests run here whose places may be lost too
     */
    synchronized boolean born(RateSubject subject, long birth) {
        long now = millis.getAsLong();
        Minute minute = minute(subject, now);
        boolean anew = minute.birth() != birth;
        minute.born(birth, now);
        return anew && minute.inFlight() > 0;
    }

    /** The same, heard some time later and of any subject. */
    synchronized boolean heard(RateSubject subject, long birth) {
        Minute minute = minutes.get(subject);
        return minute != null && birth > minute.birth() && born(subject, birth);
    }

    synchronized List<Unshared> takeUnshared() {
        long now = millis.getAsLong();
        List<Unshared> all = new ArrayList<>();
        minutes.forEach((subject, minute) -> {
            minute.moveTo(now);
            long birth = minute.birth();
            minute.takeUnshared(
                    now,
                    (latest, requests, tokens) ->
                            all.add(new Unshared(subject, birth, latest, now - latest, requests, tokens)));
        });
        return all;
    }

    synchronized void giveBack(List<Unshared> untold) {
        for (Unshared one : untold) {
            Minute minute = minutes.get(one.subject());
            if (minute != null) {
                minute.giveBack(one.latest(), one.requests(), one.tokens());
            }
        }
    }

    private static @Nullable Shortage shortage(
            RateSubject subject, RateLimit limit, Minute minute, long tokens, Share mine, long now) {
        if (tokens > limit.tokens()) {
            return new Shortage(subject, limit, Shortage.Kind.TOO_LARGE, tokens, 0);
        }
        if (minute.inFlight() >= limit.concurrent()) {
            return new Shortage(subject, limit, Shortage.Kind.CONCURRENT, 1, 1000);
        }
        if (limit.requests() != RateLimit.UNLIMITED) {
            long over = minute.requests() + 1 - limit.requests();
            if (over > 0) {
                return new Shortage(subject, limit, Shortage.Kind.REQUESTS, 1, minute.waitForRequests(over, now));
            }
            if (minute.seenRequests(mine, now) + 1 > limit.requests()) {
                return new Shortage(subject, limit, Shortage.Kind.REQUESTS, 1, minute.seenFor(now));
            }
        }
        if (limit.tokens() != RateLimit.UNLIMITED) {
            long over = minute.tokens() + tokens - limit.tokens();
            if (over > 0) {
                return new Shortage(subject, limit, Shortage.Kind.TOKENS, tokens, minute.waitForTokens(over, now));
            }
            if (minute.seenTokens(mine, now) + tokens > limit.tokens()) {
                return new Shortage(subject, limit, Shortage.Kind.TOKENS, tokens, minute.seenFor(now));
            }
        }
        return null;
    }

    /** What never fits tells more than any wait; then the longest wait. */
    static boolean isWorse(Shortage one, Shortage other) {
        boolean never = one.kind() == Shortage.Kind.TOO_LARGE;
        boolean otherNever = other.kind() == Shortage.Kind.TOO_LARGE;
        return never != otherNever ? never : one.waitMillis() > other.waitMillis();
    }

    private static List<Standing> standings(List<Minute> minutes, List<RateLimit> limits, long now) {
        List<Standing> standings = new ArrayList<>(minutes.size());
        for (int i = 0; i < minutes.size(); i++) {
            Minute minute = minutes.get(i);
            standings.add(new Standing(limits.get(i), minute.requests(), minute.tokens(), minute.resetIn(now)));
        }
        return standings;
    }

    private Minute minute(RateSubject subject, long now) {
        Minute minute = minutes.computeIfAbsent(subject, key -> new Minute(now));
        minute.moveTo(now);
        return minute;
    }

    /** Once a minute, forgets the subjects that nobody has asked for. */
    private void sweep(long now) {
        if (now - swept >= Minute.LENGTH) {
            swept = now;
            minutes.values().removeIf(minute -> minute.isIdle(now));
        }
    }

    /** How many requests of a subject run on this node. */
    public synchronized int inFlight(RateSubject subject) {
        @Nullable Minute minute = minutes.get(subject);
        return minute == null ? 0 : minute.inFlight();
    }

    private final class Grant implements RateGrant {
        private final List<Minute> counted;
        private final long second;
        private final long tokens;
        private final boolean unshared;
        private final AtomicBoolean ended = new AtomicBoolean();

        Grant(List<Minute> counted, long second, long tokens, boolean unshared) {
            this.counted = counted;
            this.second = second;
            this.tokens = tokens;
            this.unshared = unshared;
        }

        @Override
        public void end(long actualTokens) {
            if (ended.getAndSet(true)) {
                return;
            }
            synchronized (LocalRates.this) {
                for (Minute minute : counted) {
                    minute.leave();
                    minute.correct(second, actualTokens - tokens, unshared);
                }
            }
        }
    }
}
