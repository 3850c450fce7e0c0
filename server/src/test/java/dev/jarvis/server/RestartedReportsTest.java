package dev.jarvis.server;

import dev.jarvis.server.testing.Api;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Reports are read from the database alone: counters of a process begin anew with it, money does not. */
class RestartedReportsTest {
    private static final Pattern ATTEMPTS =
            Pattern.compile("^jarvis_gateway_attempts_total\\{.*model=\"counted\".*} ([0-9.]+)$", Pattern.MULTILINE);

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final TestDatabase database = RunningPostgres.newDatabase();

    private final Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS);

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void c20_reportsAreTheDatabasesWhateverTheMetricsSayAfterARestart() {
        String before;
        String ownBefore;
        try (TestingServer server = start()) {
            server.createModel("counted");
            chat(server.admin(), 3);
            server.awaitUsage(3);
            assertThat(attempts(server)).isEqualTo(3);
            before = report(server, "/api/v1/usage");
            ownBefore = report(server, "/api/v1/llm/usage");
        }
        try (TestingServer server = start()) {
            assertThat(attempts(server)).isZero();
            assertThat(report(server, "/api/v1/usage")).isEqualTo(before).contains("\"attempts\":3");
            assertThat(report(server, "/api/v1/llm/usage")).isEqualTo(ownBefore);

            chat(server.admin(), 1);
            server.awaitUsage(4);

            assertThat(attempts(server)).isEqualTo(1);
            assertThat(report(server, "/api/v1/usage")).contains("\"attempts\":4");
            assertThat(database.query("SELECT count(*), sum(cost_nano) FROM llm_usage"))
                    .isEqualTo(database.query("SELECT sum(attempts), sum(cost_nano) FROM llm_usage_hourly"));
        }
    }

    private TestingServer start() {
        return TestingServer.builder()
                .withProvider(provider)
                .withDatabase(database)
                .withDirectory(directory)
                .withSetting("JARVIS_MASTER_KEY", "0".repeat(43) + "=")
                .withSetting("JARVIS_ADMIN_PASSWORD", "a long enough password")
                .start();
    }

    private static void chat(Api caller, int times) {
        for (int i = 0; i < times; i++) {
            caller.post(
                            "/v1/chat/completions",
                            Map.of("model", "counted", "messages", List.of(Map.of("role", "user", "content", "Hello"))))
                    .expect(200);
        }
    }

    /** Of this process, as Prometheus reads it. */
    private static double attempts(TestingServer server) {
        String metrics = server.admin().get("/metrics").expect(200).body();
        Matcher lines = ATTEMPTS.matcher(metrics);
        double sum = 0;
        while (lines.find()) {
            sum += Double.parseDouble(lines.group(1));
        }
        return sum;
    }

    private String report(TestingServer server, String path) {
        return server.admin()
                .get(path + "?group_by=model&from=" + midnight.minus(1, ChronoUnit.DAYS) + "&to="
                        + midnight.plus(2, ChronoUnit.DAYS))
                .expect(200)
                .body();
    }
}
