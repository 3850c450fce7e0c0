package dev.jarvis.server.crash;

import dev.jarvis.server.testing.ServerProcess;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import dev.jarvis.testkit.provider.LedgerEntry;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** C1, the first of it: kill -9 of the server under 100 streams, ten times. */
class KilledServerTest {
    private static final int KILLS = 10;
    private static final int STREAMS = 100;
    private static final int TOKENS = 20;
    private static final String MODEL = "crash-model";

    @TempDir
    Path home;

    private record Row(
            String outcome,
            String billing,
            long input,
            long output,
            long outputLow,
            long outputHigh,
            String requestId) {}

    @Test
    void c1_everyAttemptOfTheProvidersLedgerHasExactlyOneRecordAfterTenKills() {
        long seed = Long.getLong("jarvis.seed", System.nanoTime());
        LoggerFactory.getLogger(KilledServerTest.class).warn("C1 seed {}", seed);
        Random random = new Random(seed);
        TestDatabase database = RunningPostgres.newDatabase();
        String masterKey = Base64.getEncoder().encodeToString(new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
            30, 31, 32
        });
        try (ScriptedProvider provider = ScriptedProvider.start();
                StreamingClients clients = new StreamingClients()) {
            String key = "";
            for (int round = 0; round < KILLS; round++) {
                TestingServer server = start(provider, database, masterKey);
                if (round == 0) {
                    server.createModel(MODEL);
                    key = server.createCallerKey("crash");
                } else {
                    server.awaitCallable(MODEL);
                }
                int before = provider.ledger().started();
                List<StreamingClients.Transcript> begun = clients.begin(
                        server.base(),
                        key,
                        MODEL,
                        "tokens=" + TOKENS + " delay_ms=" + (1 + random.nextInt(25)),
                        STREAMS);
                int arrived = 1 + random.nextInt(STREAMS);
                int ended = round % 2 == 0 ? 0 : 1 + random.nextInt(STREAMS / 2);
                Await.until(
                        "streams under way",
                        () -> provider.ledger().started() - before >= arrived
                                && begun.stream()
                                                .filter(StreamingClients.Transcript::sawDone)
                                                .count()
                                        >= ended);
                ((ServerProcess) server.server()).kill();
            }
            clients.awaitEnds();
            try (TestingServer last = start(provider, database, masterKey)) {
                int attempts = provider.ledger().started();
                List<LedgerEntry> ledger = provider.awaitLedger(attempts);
                Map<String, Row> rows = Await.value(
                        "a record of every attempt",
                        Duration.ofSeconds(30),
                        () -> rows(last.database()),
                        found -> found.keySet()
                                .containsAll(ledger.stream()
                                        .map(LedgerEntry::requestId)
                                        .toList()));

                assertThat(ledger).extracting(LedgerEntry::requestId).doesNotHaveDuplicates();
                ledger.forEach(entry -> assertAccounts(entry, Objects.requireNonNull(rows.get(entry.requestId()))));
                assertNobodySawAnEndThatIsNotSettled(clients, rows);
                assertRollupsAddUp(last.database());
            }
        }
    }

    private TestingServer start(ScriptedProvider provider, TestDatabase database, String masterKey) {
        return TestingServer.builder()
                .withProvider(provider)
                .withDatabase(database)
                .withDirectory(home)
                .withSetting("JARVIS_MASTER_KEY", masterKey)
                .withSetting("JARVIS_ADMIN_PASSWORD", "a password for tests")
                .start();
    }

    private static void assertAccounts(LedgerEntry entry, Row row) {
        assertThat(row).as("record of %s", entry).isNotNull();
        if (row.billing().equals("exact")) {
            assertThat(entry.usageSent()).isTrue();
            assertThat(row.input()).isEqualTo(entry.inputTokens());
            assertThat(row.output()).isEqualTo(entry.outputTokens());
        } else {
            assertThat(row.billing()).isEqualTo("estimated");
            assertThat(entry.tokensGenerated())
                    .as("%s within %s", entry, row)
                    .isBetween(row.outputLow(), row.outputHigh());
        }
    }

    private static void assertNobodySawAnEndThatIsNotSettled(StreamingClients clients, Map<String, Row> rows) {
        Set<String> settled = new HashSet<>();
        rows.values().stream()
                .filter(row -> row.billing().equals("exact"))
                .forEach(row -> settled.add(row.requestId()));
        assertThat(clients.transcripts().stream()
                        .filter(StreamingClients.Transcript::sawDone)
                        .map(StreamingClients.Transcript::requestId))
                .isNotEmpty()
                .allMatch(settled::contains);
    }

    private static void assertRollupsAddUp(TestDatabase database) {
        String sums = "count(*) || ' ' || sum(input_tokens) || ' ' || sum(output_tokens) || ' ' || sum(cost_nano)";
        assertThat(database.query("SELECT " + sums.replace("count(*)", "sum(attempts)") + " FROM llm_usage_hourly"))
                .isEqualTo(database.query("SELECT " + sums + " FROM llm_usage"));
    }

    private static Map<String, Row> rows(TestDatabase database) {
        Map<String, Row> rows = new HashMap<>();
        for (String line : database.query("""
                SELECT concat_ws('|', attempt_id, outcome, billing, input_tokens, output_tokens + reasoning_tokens,
                                 coalesce(output_low, 0), coalesce(output_high, 0), request_id)
                FROM llm_usage
                """)) {
            String[] parts = line.split("\\|", -1);
            Row row = new Row(
                    parts[1],
                    parts[2],
                    Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]),
                    Long.parseLong(parts[5]),
                    Long.parseLong(parts[6]),
                    parts[7]);
            assertThat(rows.put(parts[0], row)).isNull();
        }
        return rows;
    }
}
