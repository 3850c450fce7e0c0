package dev.jarvis.gateway.rate;

import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningRedis;
import dev.jarvis.testkit.proxy.FaultProxy;
import dev.jarvis.testkit.proxy.Faults;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Three nodes on one real Redis, reached through a proxy that can fail. */
class SharedRatesTest {
    private static final long U = RateLimit.UNLIMITED;

    private final RunningRedis server = RunningRedis.start();
    private final RedisClient direct = RedisClient.create(server.url().toString());
    private final RedisCommands<String, String> commands = direct.connect().sync();
    private final FaultProxy proxy = FaultProxy.before(server.port());
    private final RateNodes nodes = RateNodes.on("redis://127.0.0.1:" + proxy.port(), 3);
    private final RateSubject user = nodes.user();
    private final RateKeys keys = nodes.keys();

    @AfterEach
    void stop() {
        nodes.close();
        direct.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        proxy.close();
        server.close();
    }

    @Test
    void b15_threeNodesWithThreeClocksShareOneLimit() {
        assertThat(nodes.admitted(600, nodes.claim(100, U, U))).isEqualTo(100);

        RateAnswer.Refused refused = (RateAnswer.Refused) nodes.ask(0, 0, nodes.claim(100, U, U));
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
        nodes.ask(0, 0, nodes.claim(U, U, U));
        long before = scriptCalls();

        CompletableFuture<List<RateAnswer>> answers = inOneTurn(() -> IntStream.range(0, 200)
                .mapToObj(
                        i -> i % 2 == 0 ? nodes.asked(0, 5, nodes.claim(60, U, 50), shared) : nodes.asked(0, 4, shared))
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
        nodes.loop().runOnContext(turn -> asked.complete(asking.get()));
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
        assertThat(nodes.ask(0, 10, nodes.claim(50, 1000, U), tight)).isInstanceOf(RateAnswer.Granted.class);
        for (int i = 0; i < 20; i++) {
            RateAnswer.Refused refused = (RateAnswer.Refused) nodes.ask(i, 10, nodes.claim(50, 1000, U), tight);
            assertThat(refused.shortage().subject()).isEqualTo(key);
        }
        Standing standing =
                nodes.ask(1, 10, nodes.claim(50, 1000, U)).standings().getFirst();
        assertThat(standing.requests()).isEqualTo(2);
        assertThat(standing.tokens()).isEqualTo(20);
    }

    @Test
    void tokensArePutRightOnAllNodes() {
        RateAnswer.Granted large = (RateAnswer.Granted) nodes.ask(0, 900, nodes.claim(U, 1000, U));
        assertThat(((RateAnswer.Refused) nodes.ask(1, 200, nodes.claim(U, 1000, U)))
                        .shortage()
                        .kind())
                .isEqualTo(Shortage.Kind.TOKENS);
        assertThat(((RateAnswer.Refused) nodes.ask(1, 1001, nodes.claim(U, 1000, U)))
                        .shortage()
                        .kind())
                .isEqualTo(Shortage.Kind.TOO_LARGE);

        large.grant().end(100);

        Await.until("the correction is in Redis", () -> "100".equals(commands.hget(keys.minute(user), "t")));
        assertThat(nodes.ask(2, 900, nodes.claim(U, 1000, U))).isInstanceOf(RateAnswer.Granted.class);
        assertThat(nodes.ask(1, 1, nodes.claim(U, 1000, U))).isInstanceOf(RateAnswer.Refused.class);
    }

    @Test
    void b18_placesAreHeldForAMinuteAtATimeAndFreedOnce() {
        List<RateAnswer.Granted> three = IntStream.range(0, 3)
                .mapToObj(i -> (RateAnswer.Granted) nodes.ask(i, 0, nodes.claim(U, U, 3)))
                .toList();
        assertThat(((RateAnswer.Refused) nodes.ask(0, 0, nodes.claim(U, U, 3)))
                        .shortage()
                        .kind())
                .isEqualTo(Shortage.Kind.CONCURRENT);
        long now = Long.parseLong(commands.time().getFirst()) * 1000;
        assertThat(commands.zrangeWithScores(keys.running(user), 0, -1))
                .hasSize(3)
                .allSatisfy(place -> assertThat(place.getScore()).isBetween(now + 30_000.0, now + 61_000.0));

        three.getFirst().grant().end(0);
        three.getFirst().grant().end(0);

        Await.until("one place is free", () -> commands.zcard(keys.running(user)) == 2);
        assertThat(nodes.ask(1, 0, nodes.claim(U, U, 3))).isInstanceOf(RateAnswer.Granted.class);
        assertThat(nodes.ask(2, 0, nodes.claim(U, U, 3))).isInstanceOf(RateAnswer.Refused.class);

        commands.zadd(
                keys.running(user),
                now - 1.0,
                commands.zrange(keys.running(user), 0, 0).getFirst());
        assertThat(nodes.ask(2, 0, nodes.claim(U, U, 3)))
                .as("the place of a node that does not renew it comes back")
                .isInstanceOf(RateAnswer.Granted.class);
    }

    @Test
    void b12_stoppedRedisLeavesEachNodeItsShareAndNoMore() {
        assertThat(nodes.admitted(60, nodes.claim(100, U, U))).isEqualTo(60);
        proxy.refuse(true);
        proxy.resetAll();
        nodes.awaitAlone();

        int alone = nodes.admitted(600, nodes.claim(100, U, U));

        assertThat(60 + alone).isLessThanOrEqualTo(100);
        assertThat(nodes.ask(0, 0, nodes.claim(100, U, U)).degraded()).isTrue();

        proxy.refuse(false);
        nodes.awaitShared();
        assertThat(60 + alone + nodes.admitted(600, nodes.claim(100, U, U)))
                .as("what was counted alone is told")
                .isEqualTo(100);
    }

    @Test
    void b12_frozenRedisIsAskedOnceAndThenNoMore() {
        proxy.stall();
        RateAnswer first = nodes.ask(0, 0, nodes.claim(9, U, U));
        assertThat(first.degraded()).isTrue();
        assertThat(nodes.first().problem()).isPresent();
        long before = proxy.bytesToServer();
        int alone = nodes.admitted(90, nodes.claim(9, U, U));
        assertThat(alone).isLessThanOrEqualTo(8);
        assertThat(before).isLessThanOrEqualTo(proxy.bytesToServer());

        proxy.flow();
        nodes.awaitShared();
        assertThat(nodes.ask(1, 0, nodes.claim(1_000, U, U)).degraded()).isFalse();
    }

    @Test
    void b12_slowRedisIsAsGoodAsNone() {
        proxy.toClient(Faults.NONE.delay(Duration.ofSeconds(2)));
        proxy.resetAll();
        nodes.awaitAlone();
        assertThat(nodes.ask(0, 0, nodes.claim(9, U, U)).degraded()).isTrue();

        proxy.toClient(Faults.NONE);
        proxy.resetAll();
        nodes.awaitShared();
    }

    @Test
    void b12_whatRedisForgetsTheNodesTellItAgain() {
        assertThat(nodes.admitted(150, nodes.claim(50, U, U))).isEqualTo(50);

        commands.flushall();

        Await.until("Redis knows again", () -> "50".equals(commands.hget(keys.minute(user), "r")));
        nodes.awaitTold();
        assertThat(nodes.ask(1, 0, nodes.claim(50, U, U))).isInstanceOf(RateAnswer.Refused.class);
        assertThat(nodes.ask(1, 0, nodes.claim(51, U, U))).isInstanceOf(RateAnswer.Granted.class);
    }

    /** What each knows is told once, never what all know by each of them. */
    @Test
    void b13_eightNodesThatFillAnEmptyRedisAtOnceFillItOnce() {
        try (RateNodes eight = RateNodes.on(server.url().toString(), 8)) {
            int counted = 0;
            for (int round = 0; round < 5; round++) {
                counted += eight.admitted(16, eight.claim(10_000, U, U));
                String all = Integer.toString(counted);
                commands.flushall();
                Await.until(
                        "Redis knows again",
                        () -> all.equals(commands.hget(eight.keys().minute(eight.user()), "r")));
                eight.awaitTold();
            }
            assertThat(eight.admitted(40, eight.claim(counted + 8, U, U))).isEqualTo(8);
        }
    }

    @Test
    void b12_aKeyOfAWrongTypeIsReplacedByWhatTheNodeRemembers() {
        assertThat(nodes.admitted(30, nodes.claim(50, U, U))).isEqualTo(30);
        commands.set(keys.minute(user), "not a hash");

        RateAnswer answer = nodes.ask(0, 0, nodes.claim(50, U, U));

        assertThat(answer.degraded()).as("decided without Redis").isTrue();
        awaitCounted(31);
    }

    @Test
    void b12_whatRedisEvictsIsNotGrantedTwice() {
        assertThat(nodes.admitted(150, nodes.claim(50, U, U))).isEqualTo(50);

        for (int round = 0; round < 2; round++) {
            commands.del(keys.minute(user));

            assertThat(nodes.admitted(150, nodes.claim(50, U, U))).isZero();
            awaitCounted(50);
            nodes.awaitTold();
        }
        RateAnswer more = nodes.ask(1, 0, nodes.claim(51, U, U));
        assertThat(more).isInstanceOf(RateAnswer.Granted.class);
        assertThat(more.degraded()).isFalse();
        assertThat(nodes.ask(2, 0, nodes.claim(51, U, U))).isInstanceOf(RateAnswer.Refused.class);
    }

    /** Two of three nodes know the subject, and only the third is asked about it. */
    @Test
    void b12_nodesThatAreNotAskedHearOfWhatRedisEvicted() {
        for (int asked = 0; asked < 20; asked++) {
            nodes.ask(asked % 2, 10, nodes.claim(22, U, U));
        }
        commands.del(keys.minute(user));

        assertThat(nodes.ask(2, 10, nodes.claim(22, U, U))).isInstanceOf(RateAnswer.Granted.class);

        awaitCounted(21);
        assertThat(commands.hget(keys.minute(user), "t")).isEqualTo("210");
        assertThat(nodes.ask(2, 10, nodes.claim(22, U, U))).isInstanceOf(RateAnswer.Granted.class);
        assertThat(nodes.ask(2, 10, nodes.claim(22, U, U))).isInstanceOf(RateAnswer.Refused.class);
    }

    @Test
    void b12_placesThatRedisEvictsAreNotGivenTwice() {
        List<RateAnswer.Granted> three = IntStream.range(0, 3)
                .mapToObj(i -> (RateAnswer.Granted) nodes.ask(i, 0, nodes.claim(U, U, 3)))
                .toList();

        for (String[] evicted :
                List.of(new String[] {keys.running(user)}, new String[] {keys.minute(user)}, new String[] {
                    keys.minute(user), keys.running(user)
                })) {
            commands.del(evicted);

            for (int node = 0; node < 3; node++) {
                assertThat(nodes.ask(node, 0, nodes.claim(U, U, 3)))
                        .as("%s, node %s", List.of(evicted), node)
                        .isInstanceOf(RateAnswer.Refused.class);
            }
            Await.until("all places are taken again", () -> commands.zcard(keys.running(user)) == 3);
            awaitCounted(3);
            nodes.awaitTold();
        }
        three.getFirst().grant().end(0);
        Await.until("one place is free", () -> commands.zcard(keys.running(user)) == 2);
        assertThat(nodes.ask(1, 0, nodes.claim(U, U, 3))).isInstanceOf(RateAnswer.Granted.class);
        assertThat(nodes.ask(2, 0, nodes.claim(U, U, 3))).isInstanceOf(RateAnswer.Refused.class);
    }

    private void awaitCounted(int requests) {
        Await.until(
                "Redis counts " + requests,
                () -> Integer.toString(requests).equals(commands.hget(keys.minute(user), "r")));
    }

    @Test
    void b12_aRedisThatMayNotWriteIsAsGoodAsNone() {
        commands.replicaof("127.0.0.1", 1);
        nodes.awaitAlone();
        assertThat(nodes.ask(0, 0, nodes.claim(9, U, U)).degraded()).isTrue();

        commands.replicaofNoOne();
        nodes.awaitShared();
    }

    @Test
    void b12_aRedisWithoutMemoryIsAsGoodAsNone() {
        commands.configSet("maxmemory", "1");
        nodes.awaitAlone();
        assertThat(nodes.ask(0, 0, nodes.claim(9, U, U)).degraded()).isTrue();

        commands.configSet("maxmemory", "0");
        nodes.awaitShared();
    }

    /** It loads 16 MB for two seconds, and says so to everybody meanwhile. */
    @Test
    void b12_aRedisThatLoadsItsDataIsAsGoodAsNone() {
        int granted = nodes.admitted(60, nodes.claim(100, U, U));
        server.command("CONFIG", "SET", "rdbcompression", "no");
        server.command("DEBUG", "POPULATE", "16", "filler", "1000000");
        server.command("CONFIG", "SET", "key-load-delay", "125000");
        Executor beside = task -> Thread.ofVirtual().start(task);
        CompletableFuture<String> loaded =
                CompletableFuture.supplyAsync(() -> server.command("DEBUG", "RELOAD"), beside);
        CompletableFuture<Void> said = CompletableFuture.runAsync(
                () -> Await.until(
                        "Redis says that it loads",
                        () -> server.command("GET", "x").startsWith("-LOADING")),
                beside);

        Await.until("a node decides by itself", () -> {
            // More than fits: it only asks, and takes nothing
            return nodes.ask(0, 101, nodes.claim(100, 100, U)).degraded();
        });
        granted += nodes.admitted(600, nodes.claim(100, U, U));
        assertThat(granted).isLessThanOrEqualTo(100);

        said.join();
        assertThat(loaded.join()).isEqualTo("+OK");
        nodes.awaitShared();
        assertThat(granted + nodes.admitted(600, nodes.claim(100, U, U))).isEqualTo(100);
    }

    @Test
    void nodesThatReachRedisLeaveTheOthersTheirShare() {
        Share share = new Share(3, 0, List.of(2));
        assertThat(new RateLimit(100, 10, 3).common(share)).isEqualTo(new RateLimit(67, 7, 2));
    }
}
