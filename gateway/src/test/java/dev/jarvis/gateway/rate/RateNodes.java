package dev.jarvis.gateway.rate;

import dev.jarvis.platform.redis.Redis;
import dev.jarvis.platform.redis.RedisAddress;
import dev.jarvis.testkit.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The rates of several gateways that share a Redis, without the gateways around them; no two have the same time. */
final class RateNodes implements AutoCloseable {
    static final long U = RateLimit.UNLIMITED;

    /** Longer than in earnest, so that a busy machine is not taken for a slow Redis. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final long SKEW_MILLIS = 30_000;

    private final UUID installation = UUID.randomUUID();
    private final RateSubject user = new RateSubject(RateScope.USER, new UUID(1, 1));
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final List<Redis> connections = new ArrayList<>();
    private final List<LocalRates> locals = new ArrayList<>();
    private final List<SharedRates> nodes = new ArrayList<>();

    private record Fixed(Share share) implements Neighbours {
        @Override
        public void countsAlone(boolean alone) {}
    }

    /** They count together when this returns. */
    static RateNodes on(String url, int count) {
        RateNodes made = new RateNodes(url, count);
        made.awaitShared();
        return made;
    }

    /** Begins to connect. */
    RateNodes(String url, int count) {
        for (int place = 0; place < count; place++) {
            long skew = (place - 1) * SKEW_MILLIS;
            Share share = new Share(count, place);
            Redis redis = Redis.connect(RedisAddress.parse(url), PATIENCE);
            connections.add(redis);
            LocalRates local = new LocalRates(() -> System.nanoTime() / 1_000_000 + skew, () -> share);
            locals.add(local);
            nodes.add(new SharedRates(redis, installation, local, new Fixed(share), new SimpleMeterRegistry()));
        }
    }

    SharedRates first() {
        return nodes.getFirst();
    }

    /** Who all limits here are about, unless another is named. */
    RateSubject user() {
        return user;
    }

    /** Where all of it is asked. */
    Context loop() {
        return loop;
    }

    RateKeys keys() {
        return new RateKeys(installation);
    }

    void awaitShared() {
        Await.until(
                "all nodes count in Redis",
                () -> nodes.stream().allMatch(node -> node.problem().isEmpty()));
    }

    /** After a loss: all nodes have told of the user what they remember, and trust Redis again. */
    void awaitTold() {
        Await.until(
                "all nodes have told what they remember",
                () -> locals.stream().noneMatch(local -> local.births(List.of(claim(U, U, U))).length == 0));
    }

    void awaitAlone() {
        Await.until(
                "all nodes count alone",
                () -> nodes.stream().allMatch(node -> node.problem().isPresent()));
    }

    RateClaim claim(long requests, long tokens, long concurrent) {
        return new RateClaim(user, new RateLimit(requests, tokens, concurrent));
    }

    CompletableFuture<RateAnswer> asked(int node, long tokens, RateClaim... claims) {
        CompletableFuture<RateAnswer> answer = new CompletableFuture<>();
        nodes.get(node % nodes.size()).reserve(List.of(claims), tokens, loop, answer::complete);
        return answer;
    }

    RateAnswer ask(int node, long tokens, RateClaim... claims) {
        return asked(node, tokens, claims).orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** How many of so many requests are granted that come all at once, to one node after the other; all have ended then. */
    int admitted(int times, RateClaim claim) {
        List<CompletableFuture<RateAnswer>> answers =
                IntStream.range(0, times).mapToObj(i -> asked(i, 0, claim)).toList();
        return (int) answers.stream()
                .map(CompletableFuture::join)
                .filter(RateAnswer.Granted.class::isInstance)
                .peek(granted -> ((RateAnswer.Granted) granted).grant().end(0))
                .count();
    }

    /** Whether the count of {@link #admitted} is common to all nodes: what one counts, another knows. */
    void assertCountedTogether() {
        RateSubject fresh = new RateSubject(RateScope.USER, UUID.randomUUID());
        RateClaim one = new RateClaim(fresh, new RateLimit(1, U, U));
        assertThat(ask(0, 0, one)).isInstanceOf(RateAnswer.Granted.class);
        assertThat(ask(1, 0, one)).isInstanceOf(RateAnswer.Refused.class);
    }

    @Override
    public void close() {
        nodes.forEach(SharedRates::close);
        connections.forEach(Redis::close);
        vertx.close().await();
    }
}
