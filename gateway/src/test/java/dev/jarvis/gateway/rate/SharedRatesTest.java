package dev.jarvis.gateway.rate;

import dev.jarvis.platform.redis.Redis;
import dev.jarvis.platform.redis.RedisAddress;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningRedis;
import dev.jarvis.testkit.proxy.FaultProxy;
import dev.jarvis.testkit.proxy.Faults;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Three nodes on one real Redis, reached through a proxy that can fail. */
class SharedRatesTest {
    private static final long U = RateLimit.UNLIMITED;
    private static final int NODES = 3;

    /** Longer than in earnest, so that a busy machine is not taken for a slow Redis. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Vertx VERTX = Vertx.vertx();

    private final RunningRedis server = RunningRedis.start();
    private final RedisClient direct = RedisClient.create(server.url().toString());
    private final RedisCommands<String, String> commands = direct.connect().sync();
    private final FaultProxy proxy = FaultProxy.before(server.port());
    private final UUID installation = UUID.randomUUID();
    private final List<Redis> connections = new ArrayList<>();
    private final List<SharedRates> nodes = new ArrayList<>();
    private final RateSubject user = new RateSubject(RateScope.USER, new UUID(1, 1));
    private final RateKeys keys = new RateKeys(installation);
    private final Context loop = VERTX.getOrCreateContext();

    @BeforeEach
    void start() {
        for (int place = 0; place < NODES; place++) {
            // B15: no two nodes have the same time
            long skew = (place - 1) * 30_000L;
            Share share = new Share(NODES, place);
            Redis redis = Redis.connect(RedisAddress.parse("redis://127.0.0.1:" + proxy.port()), PATIENCE);
            connections.add(redis);
            nodes.add(new SharedRates(
                    redis,
                    installation,
                    new LocalRates(() -> System.nanoTime() / 1_000_000 + skew, () -> share),
                    new Fixed(share),
                    new SimpleMeterRegistry()));
        }
        awaitShared();
    }

    private record Fixed(Share share) implements Neighbours {
        @Override
        public void countsAlone(boolean alone) {}
    }

    @AfterEach
    void stop() {
        nodes.forEach(SharedRates::close);
        connections.forEach(Redis::close);
        direct.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        proxy.close();
        server.close();
    }

    @AfterAll
    static void stopLoops() {
        VERTX.close();
    }

    private void awaitShared() {
        Await.until(
                "all nodes count in Redis",
                () -> nodes.stream().allMatch(node -> node.problem().isEmpty()));
    }

    private void awaitAlone() {
        Await.until(
                "all nodes count alone",
                () -> nodes.stream().allMatch(node -> node.problem().isPresent()));
    }

    private RateClaim claim(long requests, long tokens, long concurrent) {
        return new RateClaim(user, new RateLimit(requests, tokens, concurrent));
    }

    private CompletableFuture<RateAnswer> asked(int node, long tokens, RateClaim... claims) {
        CompletableFuture<RateAnswer> answer = new CompletableFuture<>();
        nodes.get(node % NODES).reserve(List.of(claims), tokens, loop, answer::complete);
        return answer;
    }

    private RateAnswer ask(int node, long tokens, RateClaim... claims) {
        return asked(node, tokens, claims).orTimeout(10, TimeUnit.SECONDS).join();
    }

    private int admitted(int times, RateClaim claim) {
        List<CompletableFuture<RateAnswer>> answers =
                IntStream.range(0, times).mapToObj(i -> asked(i, 0, claim)).toList();
        return (int) answers.stream()
                .map(CompletableFuture::join)
                .filter(RateAnswer.Granted.class::isInstance)
                .peek(granted -> ((RateAnswer.Granted) granted).grant().end(0))
                .count();
    }

    @Test
    void b15_threeNodesWithThreeClocksShareOneLimit() {
        assertThat(admitted(600, claim(100, U, U))).isEqualTo(100);

        RateAnswer.Refused refused = (RateAnswer.Refused) ask(0, 0, claim(100, U, U));
        assertThat(refused.degraded()).isFalse();
        assertThat(refused.shortage().kind()).isEqualTo(Shortage.Kind.REQUESTS);
        assertThat(refused.shortage().waitMillis()).isBetween(1L, 60_000L);
        assertThat(refused.standings().getFirst().requests()).isEqualTo(100);
        assertThat(commands.pttl(keys.minute(user))).isBetween(1L, 62_000L);
    }

    @Test
    void whatOneTurnOfALoopAsksGoesInFewCallsAndIsDecidedOneByOne() {
        RateSubject model = new RateSubject(RateScope.MODEL, new UUID(1, 3));
        RateClaim shared = new RateClaim(model, new RateLimit(U, 1_000, U));
        ask(0, 0, claim(U, U, U));
        long before = scriptCalls();

        CompletableFuture<List<RateAnswer>> answers = inOneTurn(() -> IntStream.range(0, 200)
                .mapToObj(i -> i % 2 == 0 ? asked(0, 5, claim(60, U, 50), shared) : asked(0, 4, shared))
                .toList());
        List<RateAnswer.Granted> granted = answers.join().stream()
                .filter(RateAnswer.Granted.class::isInstance)
                .map(RateAnswer.Granted.class::cast)
                .toList();

        // The pairs take 9 tokens each until the 50 places are gone; 100 of one kind take 4 tokens
        assertThat(granted).hasSize(150);
        assertThat(commands.zcard(keys.running(user))).isEqualTo(50);
        assertThat(commands.hget(keys.minute(user), "r")).isEqualTo("51");
        assertThat(commands.hget(keys.minute(model), "t")).isEqualTo("650");

        inOneTurn(() -> {
            granted.forEach(one -> one.grant().end(1));
            return List.<CompletableFuture<RateAnswer>>of();
        });
        Await.until("all tokens are put right", () -> "150".equals(commands.hget(keys.minute(model), "t")));
        assertThat(commands.zcard(keys.running(user))).isZero();
        assertThat(commands.hget(keys.minute(model), "r")).isEqualTo("150");
        // 350 ends and beginnings; the nodes' own looks are among the calls, four a second each
        assertThat(scriptCalls() - before).isLessThan(150);
    }

    /** Completes with all answers; everything is asked before the loop does anything else. */
    private CompletableFuture<List<RateAnswer>> inOneTurn(Supplier<List<CompletableFuture<RateAnswer>>> asking) {
        CompletableFuture<List<CompletableFuture<RateAnswer>>> asked = new CompletableFuture<>();
        loop.runOnContext(turn -> asked.complete(asking.get()));
        return asked.thenApplyAsync(
                        answers -> answers.stream().map(CompletableFuture::join).toList())
                .orTimeout(10, TimeUnit.SECONDS);
    }

    private long scriptCalls() {
        Matcher calls = Pattern.compile("cmdstat_evalsha:calls=(\\d+)").matcher(commands.info("commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    @Test
    void allLimitsAreTakenInOneCallOrNoneIs() {
        RateSubject key = new RateSubject(RateScope.CALLER_KEY, new UUID(1, 2));
        RateClaim tight = new RateClaim(key, new RateLimit(1, U, U));
        assertThat(ask(0, 10, claim(50, 1000, U), tight)).isInstanceOf(RateAnswer.Granted.class);
        for (int i = 0; i < 20; i++) {
            RateAnswer.Refused refused = (RateAnswer.Refused) ask(i, 10, claim(50, 1000, U), tight);
            assertThat(refused.shortage().subject()).isEqualTo(key);
        }
        Standing standing = ask(1, 10, claim(50, 1000, U)).standings().getFirst();
        assertThat(standing.requests()).isEqualTo(2);
        assertThat(standing.tokens()).isEqualTo(20);
    }

    @Test
    void tokensArePutRightOnAllNodes() {
        RateAnswer.Granted large = (RateAnswer.Granted) ask(0, 900, claim(U, 1000, U));
        assertThat(((RateAnswer.Refused) ask(1, 200, claim(U, 1000, U)))
                        .shortage()
                        .kind())
                .isEqualTo(Shortage.Kind.TOKENS);
        assertThat(((RateAnswer.Refused) ask(1, 1001, claim(U, 1000, U)))
                        .shortage()
                        .kind())
                .isEqualTo(Shortage.Kind.TOO_LARGE);

        large.grant().end(100);

        Await.until("the correction is in Redis", () -> "100".equals(commands.hget(keys.minute(user), "t")));
        assertThat(ask(2, 900, claim(U, 1000, U))).isInstanceOf(RateAnswer.Granted.class);
        assertThat(ask(1, 1, claim(U, 1000, U))).isInstanceOf(RateAnswer.Refused.class);
    }

    @Test
    void b18_placesAreHeldForAMinuteAtATimeAndFreedOnce() {
        List<RateAnswer.Granted> three = IntStream.range(0, 3)
                .mapToObj(i -> (RateAnswer.Granted) ask(i, 0, claim(U, U, 3)))
                .toList();
        assertThat(((RateAnswer.Refused) ask(0, 0, claim(U, U, 3))).shortage().kind())
                .isEqualTo(Shortage.Kind.CONCURRENT);
        long now = Long.parseLong(commands.time().getFirst()) * 1000;
        assertThat(commands.zrangeWithScores(keys.running(user), 0, -1))
                .hasSize(3)
                .allSatisfy(place -> assertThat(place.getScore()).isBetween(now + 30_000.0, now + 61_000.0));

        three.getFirst().grant().end(0);
        three.getFirst().grant().end(0);

        Await.until("one place is free", () -> commands.zcard(keys.running(user)) == 2);
        assertThat(ask(1, 0, claim(U, U, 3))).isInstanceOf(RateAnswer.Granted.class);
        assertThat(ask(2, 0, claim(U, U, 3))).isInstanceOf(RateAnswer.Refused.class);

        commands.zadd(
                keys.running(user),
                now - 1.0,
                commands.zrange(keys.running(user), 0, 0).getFirst());
        assertThat(ask(2, 0, claim(U, U, 3)))
                .as("the place of a node that does not renew it comes back")
                .isInstanceOf(RateAnswer.Granted.class);
    }

    @Test
    void b12_stoppedRedisLeavesEachNodeItsShareAndNoMore() {
        assertThat(admitted(60, claim(100, U, U))).isEqualTo(60);
        proxy.refuse(true);
        proxy.resetAll();
        awaitAlone();

        int alone = admitted(600, claim(100, U, U));

        assertThat(60 + alone).isLessThanOrEqualTo(100);
        assertThat(ask(0, 0, claim(100, U, U)).degraded()).isTrue();

        proxy.refuse(false);
        awaitShared();
        assertThat(60 + alone + admitted(600, claim(100, U, U)))
                .as("what was counted alone is told")
                .isEqualTo(100);
    }

    @Test
    void b12_frozenRedisIsAskedOnceAndThenNoMore() {
        proxy.stall();
        RateAnswer first = ask(0, 0, claim(9, U, U));
        assertThat(first.degraded()).isTrue();
        assertThat(nodes.getFirst().problem()).isPresent();
        long before = proxy.bytesToServer();
        int alone = admitted(90, claim(9, U, U));
        assertThat(alone).isLessThanOrEqualTo(8);
        assertThat(before).isLessThanOrEqualTo(proxy.bytesToServer());

        proxy.flow();
        awaitShared();
        assertThat(ask(1, 0, claim(1_000, U, U)).degraded()).isFalse();
    }

    @Test
    void b12_slowRedisIsAsGoodAsNone() {
        proxy.toClient(Faults.NONE.delay(Duration.ofSeconds(2)));
        proxy.resetAll();
        awaitAlone();
        assertThat(ask(0, 0, claim(9, U, U)).degraded()).isTrue();

        proxy.toClient(Faults.NONE);
        proxy.resetAll();
        awaitShared();
    }

    @Test
    void b12_whatRedisForgetsTheNodesTellItAgain() {
        assertThat(admitted(150, claim(50, U, U))).isEqualTo(50);

        commands.flushall();

        Await.until("Redis knows again", () -> "50".equals(commands.hget(keys.minute(user), "r")));
        assertThat(ask(1, 0, claim(50, U, U))).isInstanceOf(RateAnswer.Refused.class);
        assertThat(ask(1, 0, claim(51, U, U))).isInstanceOf(RateAnswer.Granted.class);
    }

    @Test
    void b12_aKeyOfAWrongTypeIsReplacedByWhatTheNodeRemembers() {
        assertThat(admitted(30, claim(50, U, U))).isEqualTo(30);
        commands.set(keys.minute(user), "not a hash");

        RateAnswer answer = ask(0, 0, claim(50, U, U));

        assertThat(answer.degraded()).isFalse();
        Await.until("Redis knows again", () -> "11".equals(commands.hget(keys.minute(user), "r")));
    }

    @Test
    void b12_aRedisThatMayNotWriteIsAsGoodAsNone() {
        commands.replicaof("127.0.0.1", 1);
        awaitAlone();
        assertThat(ask(0, 0, claim(9, U, U)).degraded()).isTrue();

        commands.replicaofNoOne();
        awaitShared();
    }

    @Test
    void b12_aRedisWithoutMemoryIsAsGoodAsNone() {
        commands.configSet("maxmemory", "1");
        awaitAlone();
        assertThat(ask(0, 0, claim(9, U, U)).degraded()).isTrue();

        commands.configSet("maxmemory", "0");
        awaitShared();
    }

    @Test
    void nodesThatReachRedisLeaveTheOthersTheirShare() {
        Share share = new Share(3, 0, List.of(2));
        assertThat(new RateLimit(100, 10, 3).common(share)).isEqualTo(new RateLimit(67, 7, 2));
    }
}
