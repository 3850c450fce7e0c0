package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("chaos")
class HangUpChaosTest {
    private static final int A_SECOND = 200;
    private static final int MOST_DRAINS = 100;
    private static final int HEAD_BYTES = 200;
    private static final String MODEL = "left-model";

    @TempDir
    Path home;

    /** Answers take three seconds, so that six times as many wait to be drained as may be. */
    @Test
    void c10_tenThousandClientsThatHangUpAreAllRecordedByAHundredDrains() throws Exception {
        Random random = Seed.of("C10");
        int clients = Seed.rounds(10_000);
        try (Stage stage = new Stage(home);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestingServer server = stage.start(Map.of());
            server.createModel(MODEL);
            String key = server.createCallerKey("left");
            long pid = Supervisor.node(server).process().pid();
            RudeClient.hangUpAfter(HEAD_BYTES, server.base(), key, MODEL, "tokens=1");
            server.awaitUsage(1);
            int filesBefore = openFiles(pid);

            AtomicInteger failures = new AtomicInteger();
            CompletableFuture<Void> left = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < clients; i++) {
                            int bytes = HEAD_BYTES + random.nextInt(2000);
                            threads.execute(() -> {
                                try {
                                    RudeClient.hangUpAfter(bytes, server.base(), key, MODEL, "tokens=20 delay_ms=150");
                                } catch (IOException e) {
                                    failures.incrementAndGet();
                                }
                            });
                            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / A_SECOND);
                        }
                    },
                    threads);
            double mostDrains = 0;
            while (!left.isDone() || Stage.metric(server, "jarvis_gateway_streams_active") > 0) {
                mostDrains = Math.max(mostDrains, Stage.metric(server, "jarvis_gateway_drains_active"));
            }
            left.join();

            Verdict verdict = stage.judge(Duration.ofSeconds(60));
            verdict.accept(
                    "C10",
                    "%d clients hung up at up to %d a second; at most %d drains at once"
                            .formatted(clients, A_SECOND, (int) mostDrains));
            assertThat(failures).hasValue(0);
            assertThat(mostDrains).isBetween(1.0, (double) MOST_DRAINS);
            assertThat(verdict.estimated()).isPositive();
            assertThat(Stage.metric(server, "jarvis_gateway_drains_active")).isZero();
            Await.until(
                    "as many open files as before (" + filesBefore + ")",
                    Duration.ofSeconds(90),
                    () -> openFiles(pid) <= filesBefore + 5);
        }
    }

    private static int openFiles(long pid) {
        try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
