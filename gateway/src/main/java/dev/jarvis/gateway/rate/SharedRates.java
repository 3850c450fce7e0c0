package dev.jarvis.gateway.rate;

import dev.jarvis.platform.redis.Redis;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Counts rates in Redis, for all nodes together, and beside it in this node's memory. When Redis does not answer, or answers
 * with a fault, the first request that meets it ends the asking: from then on each node applies its own share of the limits
 * at once, and one thread finds out when Redis is back. What was counted meanwhile is then told to Redis; so is what a node
 * remembers when Redis has lost its memory.
 */
public final class SharedRates implements RateStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedRates.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration RENEW_EVERY = Duration.ofSeconds(15);
    private static final int AT_ONCE = 500;

    /** What was made while the last answer was on its way is heard again: that costs nothing. */
    private static final Duration HEARD_TWICE = Duration.ofSeconds(1);

    /** After so many looks in vain the connection itself is in doubt. */
    private static final int DOUBTS = 8;

    private final RedisRates redis;
    private final Redis connection;
    private final LocalRates local;
    private final Neighbours neighbours;
    private final ConcurrentMap<String, List<RateSubject>> running = new ConcurrentHashMap<>();
    private final Set<RateSubject> doubtful = ConcurrentHashMap.newKeySet();
    private final Thread watching;
    private volatile boolean away = true;
    private volatile @Nullable String epoch;
    private int failures;
    private long renewed = System.nanoTime();
    private long heard = System.nanoTime() - Duration.ofMillis(Minute.LENGTH).toNanos();

    /** @param installation so that others who use the same Redis are not disturbed */
    public SharedRates(
            Redis connection, UUID installation, LocalRates local, Neighbours neighbours, MeterRegistry registry) {
        this.connection = connection;
        this.redis = new RedisRates(connection, installation, this::met);
        this.local = local;
        this.neighbours = neighbours;
        neighbours.countsAlone(true);
        Gauge.builder("jarvis.rate.degraded", this, rates -> rates.away ? 1 : 0)
                .description("1 while this node counts rates by itself")
                .register(registry);
        this.watching = Thread.ofVirtual().name("shared-rates").start(this::watch);
    }

    /** What is wrong with the common memory; empty: nothing. */
    public Optional<String> problem() {
        return away
                ? Optional.of("Redis does not answer; each gateway applies its own share of the rate limits.")
                : Optional.empty();
    }

    @Override
    public void reserve(List<RateClaim> claims, long tokens, Context loop, Consumer<RateAnswer> then) {
        long[] births = away ? new long[0] : local.births(claims);
        if (births.length == 0) {
            then.accept(alone(claims, tokens, loop));
            return;
        }
        List<RateClaim> common = common(claims);
        String id = redis.newId();
        redis.reserve(
                new RateMoment.Beginning(common, births, id, tokens),
                loop,
                decision -> then.accept(
                        decision.lost() ? alone(claims, tokens, loop) : answer(common, tokens, id, decision, loop)),
                failure -> {
                    lost(failure);
                    then.accept(alone(claims, tokens, loop));
                });
    }

    /** Without the shares of those nodes that count alone because they do not reach Redis. */
    private List<RateClaim> common(List<RateClaim> claims) {
        Share share = neighbours.share();
        return share.alone().isEmpty()
                ? claims
                : claims.stream()
                        .map(claim ->
                                new RateClaim(claim.subject(), claim.limit().common(share)))
                        .toList();
    }

    /** By this node's own count; what it grants is told to Redis when it is back, or with what Redis has lost. */
    private RateAnswer alone(List<RateClaim> claims, long tokens, Context loop) {
        RateAnswer answer = local.decide(claims, tokens, true, true);
        if (!(answer instanceof RateAnswer.Granted(RateGrant grant, List<Standing> standings, boolean degraded))) {
            return answer;
        }
        String id = redis.newId();
        runs(id, claims);
        return new RateAnswer.Granted(
                actualTokens -> end(grant, actualTokens, new RateMoment.End(claims, id, 0, 0), loop),
                standings,
                degraded);
    }

    private void runs(String id, List<RateClaim> claims) {
        List<RateSubject> places = claims.stream()
                .filter(claim -> claim.limit().concurrent() != RateLimit.UNLIMITED)
                .map(RateClaim::subject)
                .toList();
        if (!places.isEmpty()) {
            running.put(id, places);
        }
    }

    private void end(RateGrant counted, long actualTokens, RateMoment.End end, Context loop) {
        counted.end(actualTokens);
        running.remove(end.id());
        if (!away) {
            redis.settle(end, loop, this::lost);
        }
    }

    private RateAnswer answer(
            List<RateClaim> claims, long tokens, String id, RateMoment.Decision decision, Context loop) {
        local.saw(claims, decision.standings());
        if (!decision.granted()) {
            RateClaim worst = claims.get(decision.worst());
            long asked = switch (decision.kind()) {
                case TOKENS, TOO_LARGE -> tokens;
                case REQUESTS, CONCURRENT -> 1;
            };
            return new RateAnswer.Refused(
                    new Shortage(worst.subject(), worst.limit(), decision.kind(), asked, decision.waitMillis()),
                    decision.standings(),
                    false);
        }
        RateGrant mirrored = local.count(claims, tokens);
        runs(id, claims);
        return new RateAnswer.Granted(
                actualTokens -> end(
                        mirrored,
                        actualTokens,
                        new RateMoment.End(claims, id, decision.second(), actualTokens - tokens),
                        loop),
                decision.standings(),
                false);
    }

    private void met(String met, Map<RateSubject, Long> births) {
        meet(met);
        births.forEach((subject, birth) -> doubtIf(local.born(subject, birth), subject));
    }

    private void doubtIf(boolean hasPlaces, RateSubject subject) {
        if (hasPlaces) {
            doubtful.add(subject);
        }
    }

    private void lost(Throwable failure) {
        if (!away) {
            away = true;
            neighbours.countsAlone(true);
            LOG.atWarn()
                    .addKeyValue("reason", failure.toString())
                    .log("Redis does not answer: this gateway applies its own share of the rate limits");
        }
    }

    /** A new epoch says that Redis has lost what it had; all that is remembered here is to be told again. */
    private synchronized void meet(String met) {
        if (met.equals(epoch)) {
            return;
        }
        if (epoch != null) {
            local.forgetSharing();
            LOG.warn("Redis has lost the rates it had counted; this gateway tells it what it remembers");
        }
        epoch = met;
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        List<LocalRates.Unshared> counted = List.of();
        int told = 0;
        try {
            tell(List.of());
            counted = local.takeUnshared();
            while (told < counted.size()) {
                List<LocalRates.Unshared> part = counted.subList(told, Math.min(counted.size(), told + AT_ONCE));
                tell(part);
                told += part.size();
            }
            renew();
            failures = 0;
            if (away) {
                away = false;
                neighbours.countsAlone(false);
                LOG.info("Redis counts the rates of all gateways");
            }
        } catch (ExecutionException | TimeoutException e) {
            local.giveBack(counted.subList(told, counted.size()));
            lost(e.getCause() == null ? e : e.getCause());
            if (++failures % DOUBTS == 0) {
                connection.connectAnew();
            }
        }
    }

    private void tell(List<LocalRates.Unshared> part)
            throws InterruptedException, ExecutionException, TimeoutException {
        long began = System.nanoTime();
        RedisRates.Told told = redis.tell(part, Duration.ofNanos(began - heard).plus(HEARD_TWICE))
                .toCompletableFuture()
                .get(1, TimeUnit.SECONDS);
        heard = began;
        met(told.epoch(), told.births());
        told.heard().forEach((subject, birth) -> doubtIf(local.heard(subject, birth), subject));
    }

    /** Places that Redis may have lost are free to others: they are taken again at once, the others in their time. */
    private void renew() throws InterruptedException, ExecutionException, TimeoutException {
        boolean all = away || System.nanoTime() - renewed >= RENEW_EVERY.toNanos();
        if (!all && doubtful.isEmpty()) {
            return;
        }
        Set<RateSubject> due = Set.copyOf(doubtful);
        doubtful.removeAll(due);
        if (all) {
            renewed = System.nanoTime();
        }
        List<RateSubject> subjects = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (var entry : running.entrySet()) {
            for (RateSubject subject : entry.getValue()) {
                if (all || due.contains(subject)) {
                    subjects.add(subject);
                    ids.add(entry.getKey());
                }
            }
        }
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            int to = Math.min(ids.size(), from + AT_ONCE);
            redis.renew(subjects.subList(from, to), ids.subList(from, to))
                    .toCompletableFuture()
                    .get(1, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        watching.interrupt();
    }
}
