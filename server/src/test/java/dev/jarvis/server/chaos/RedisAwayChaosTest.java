package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RedisSentinel;
import dev.jarvis.testkit.database.RunningRedis;
import dev.jarvis.testkit.proxy.FaultProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** B12: three servers, and what becomes of money, rates and delays while their Redis stops, freezes, slows down or fails over. */
@Tag("chaos")
class RedisAwayChaosTest {
    private static final String MODEL = "b12-model";
    private static final String POOR_MODEL = "b12-poor-model";
    private static final Duration PHASE = Duration.ofSeconds(Seed.rounds(20));
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration RECOVERY = Duration.ofSeconds(10);
    private static final int LIMIT = 300;
    private static final int NANOS_IN_MILLI = 1_000_000;

    /** What some three calls a second cost: a third of what is asked for. */
    private static final long ALLOWANCE = PHASE.toSeconds() * 100_000;

    /** Far more than is asked for: a machine that is busy with other things must not fail this. The numbers are what counts. */
    private static final double MOST_ADDED_MILLIS = 250;

    @TempDir
    Path home;

    @Test
    void b12_moneyRatesAndDelaysWhileRedisIsStoppedFrozenSlowAndOutOfReach() {
        try (Stage stage = new Stage(home);
                RunningRedis redis = RunningRedis.start();
                FaultProxy one = FaultProxy.before(redis.port());
                FaultProxy others = FaultProxy.before(redis.port());
                Scenario scenario = new Scenario(stage, List.of(url(one), url(others), url(others)))) {
            scenario.healthy();
            scenario.fault("stopped", redis::kill, redis::startAgain);
            scenario.healthy();
            scenario.fault("frozen", redis::pause, redis::resume);
            scenario.healthy();
            scenario.fault("slowed to 2 s", () -> lag(2, one, others), () -> lag(0, one, others));
            scenario.healthy();
            scenario.fault("out of one server's reach", () -> cutOff(one), () -> one.refuse(false));
            scenario.healthy();
            scenario.accept();
        }
    }

    private static String url(FaultProxy proxy) {
        return "redis://127.0.0.1:" + proxy.port();
    }

    private static void lag(int seconds, FaultProxy... proxies) {
        for (FaultProxy proxy : proxies) {
            proxy.lag(Duration.ofSeconds(seconds));
        }
    }

    private static void cutOff(FaultProxy proxy) {
        proxy.refuse(true);
        proxy.resetAll();
    }

    @Test
    void b12_moneyRatesAndDelaysWhileRedisFailsOver() {
        try (Stage stage = new Stage(home);
                RedisSentinel sentinel = RedisSentinel.start();
                Scenario scenario = new Scenario(stage, Collections.nCopies(3, sentinel.url()))) {
            RunningRedis first = sentinel.primary();
            RunningRedis second = sentinel.replica();
            scenario.healthy();
            scenario.fault("killed and failed over", first::kill, () -> sentinel.awaitPrimary(second));
            first.startAgain();
            scenario.healthy();
            sentinel.awaitReplica(first);
            scenario.fault("frozen and failed over", second::pause, () -> sentinel.awaitPrimary(first));
            second.resume();
            scenario.healthy();
            scenario.accept();
        }
    }

    /** Three servers under calls of three kinds: some that nothing limits, some over a rate, and some over a budget. */
    private static final class Scenario implements AutoCloseable {
        private record Phase(String name, boolean healthy, long from, long to) {}

        private final Stage stage;
        private final List<TestingServer> servers = new ArrayList<>();
        private final List<Phase> phases = new ArrayList<>();
        private final PacedCalls plain;
        private final PacedCalls limited;
        private final PacedCalls poor;

        /** @param redis where each server finds Redis */
        Scenario(Stage stage, List<String> redis) {
            this.stage = stage;
            redis.forEach(url -> servers.add(stage.start(Map.of("JARVIS_REDIS_URL", url, "JARVIS_EVENT_LOOPS", "1"))));
            TestingServer first = servers.getFirst();
            first.createModel(MODEL);
            String poorModel = first.createModel(POOR_MODEL);
            String key = limitedKey("plain", 100_000);
            String limitedKey = limitedKey("limited", LIMIT);
            stage.database().execute("""
                    INSERT INTO budgets (id, scope, subject_id, unit, amount, period)
                    VALUES ('%s', 'model', '%s', 'USD', %d, 'total')
                    """.formatted(UUID.randomUUID(), poorModel, ALLOWANCE));
            servers.forEach(server -> server.awaitCallable(POOR_MODEL));
            awaitRedis();
            List<URI> bases = servers.stream().map(TestingServer::base).toList();
            plain = PacedCalls.begin(bases, key, ask(MODEL, 1), 30);
            limited = PacedCalls.begin(bases, limitedKey, ask(MODEL, 1), 10);
            poor = PacedCalls.begin(bases, key, ask(POOR_MODEL, 10), 10);
            runs("warm-up", true); // forgotten
            phases.clear();
        }

        private String limitedKey(String name, int perMinute) {
            ApiAnswer key = servers.getFirst()
                    .admin()
                    .post("/api/v1/keys", Map.of("name", name))
                    .expect(201);
            servers.getFirst()
                    .admin()
                    .put("/api/v1/rate-limits/caller_key/" + key.text("/id"), Map.of("requests_per_minute", perMinute))
                    .expect(200);
            return key.text("/key");
        }

        private static String ask(String model, int tokens) {
            return """
                    {"model":"%s","max_tokens":10,"messages":[{"role":"user","content":"tokens=%d"}]}""".formatted(model, tokens);
        }

        void healthy() {
            runs("healthy", true);
        }

        void fault(String name, Runnable begin, Runnable end) {
            long from = System.nanoTime();
            begin.run();
            runs(name, false, from);
            end.run();
            long ended = System.nanoTime();
            awaitRedis();
            Results.note(
                    "B12 recovery",
                    "%s: all three servers count in Redis again after %.1f s"
                            .formatted(name, (System.nanoTime() - ended) / 1e9));
        }

        private void runs(String name, boolean healthy) {
            runs(name, healthy, System.nanoTime());
        }

        private void runs(String name, boolean healthy, long from) {
            stage.database().execute("UPDATE budgets SET amount = amount + " + ALLOWANCE);
            long end = from + PHASE.toNanos();
            while (System.nanoTime() < end) {
                assertThat(BudgetBalance.faults(stage.database())).as(name).isEmpty();
                Stage.lasts(Duration.ofMillis(200));
            }
            phases.add(new Phase(name, healthy, from, end));
        }

        private void awaitRedis() {
            Await.until(
                    "all servers count in Redis",
                    RECOVERY,
                    () -> servers.stream().allMatch(Scenario::countsInRedis));
        }

        private static boolean countsInRedis(TestingServer server) {
            return server.anonymous()
                    .get("/health/ready")
                    .json()
                    .at("/checks/redis/ok")
                    .asBoolean();
        }

        /** Holds what the clients saw against what was promised. */
        void accept() {
            plain.stop();
            limited.stop();
            poor.stop();
            double healthyP99 = millis(calls(plain, Phase::healthy), 99);
            for (Phase phase : phases) {
                List<PacedCalls.Call> calls = calls(plain, phase::equals);
                List<PacedCalls.Call> paid = calls(poor, phase::equals);
                Results.note(
                        "B12 " + phase.name(),
                        "%d calls, %d by shared-out limits; p50 %.1f ms, p99 %.1f ms, longest %.1f ms (healthy p99 %.1f ms); %d paid, %d refused for money"
                                .formatted(
                                        calls.size(),
                                        calls.stream()
                                                .filter(PacedCalls.Call::degraded)
                                                .count(),
                                        millis(calls, 50),
                                        millis(calls, 99),
                                        millis(calls, 100),
                                        healthyP99,
                                        count(paid, 200),
                                        count(paid, 402)));
                assertThat(calls).as(phase.name()).allMatch(call -> call.status() == 200);
                assertThat(count(paid, 200)).as("paid while " + phase.name()).isPositive();
                assertThat(count(paid, 402)).as("refused while " + phase.name()).isPositive();
                assertThat(millis(calls, 99)).as(phase.name()).isLessThan(healthyP99 + MOST_ADDED_MILLIS);
            }
            int most = limited.mostWithin(MINUTE);
            Results.note("B12 rates", "at most %d of a limit of %d within any minute".formatted(most, LIMIT));
            assertThat(most).isBetween(LIMIT / 2, LIMIT);
            Await.until(
                    "every record is there and charged",
                    RECOVERY,
                    () -> BudgetBalance.faults(stage.database()).isEmpty());
        }

        private List<PacedCalls.Call> calls(PacedCalls kind, Predicate<Phase> wanted) {
            return phases.stream()
                    .filter(wanted)
                    .flatMap(phase -> kind.between(phase.from(), phase.to()).stream())
                    .toList();
        }

        private static long count(List<PacedCalls.Call> calls, int status) {
            return calls.stream().filter(call -> call.status() == status).count();
        }

        private static double millis(List<PacedCalls.Call> calls, int percent) {
            long[] sorted =
                    calls.stream().mapToLong(PacedCalls.Call::nanos).sorted().toArray();
            int rank = Math.max(0, Math.ceilDiv(sorted.length * percent, 100) - 1);
            return sorted.length == 0 ? 0 : (double) sorted[rank] / NANOS_IN_MILLI;
        }

        @Override
        public void close() {
            plain.close();
            limited.close();
            poor.close();
        }
    }
}
