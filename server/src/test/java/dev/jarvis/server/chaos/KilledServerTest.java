package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.server.testing.UsageRow;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.provider.Gate;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Step;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** kill -9 of the server: under 100 streams, ten times, and under a call that must not be sent again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledServerTest {
    private static final int KILLS = 10;
    private static final int STREAMS = 100;
    private static final int TOKENS = 20;
    private static final String MODEL = "crash-model";
    private static final String ONCE = "once-model";
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final StreamingClients clients = new StreamingClients();
    private Supervisor supervisor;
    private TestingServer server;
    private Node node;

    @BeforeAll
    void startServer(@TempDir Path home) {
        supervisor = new Supervisor(provider, home);
        server = supervisor.start(RunningPostgres.newDatabase(), Map.of("JARVIS_UNSAFE_DATABASE", "true"));
        node = Supervisor.node(server);
    }

    @AfterAll
    void stop() {
        supervisor.close();
        clients.close();
        provider.close();
    }

    @Test
    void c1_everyAttemptOfTheProvidersLedgerHasExactlyOneRecordAfterTenKills() {
        Random random = Seed.of("C1 quick");
        server.createModel(MODEL);
        String key = server.createCallerKey("crash");
        for (int round = 0; round < KILLS; round++) {
            int before = provider.ledger().started();
            List<Transcript> begun = clients.begin(
                    server.base(), key, MODEL, "tokens=" + TOKENS + " delay_ms=" + (1 + random.nextInt(25)), STREAMS);
            int arrived = 1 + random.nextInt(STREAMS);
            int ended = round % 2 == 0 ? 0 : 1 + random.nextInt(STREAMS / 2);
            Await.until(
                    "streams under way",
                    () -> provider.ledger().started() - before >= arrived
                            && begun.stream().filter(Transcript::sawDone).count() >= ended);
            node.kill();
            node.startAgain();
        }
        clients.awaitEnds();

        Verdict verdict = new Oracle(provider, server.database(), clients.transcripts()).judge(Duration.ofSeconds(30));
        verdict.accept("C1 quick", KILLS + " kills of the server under " + STREAMS + " streams");
        assertThat(verdict.promised()).isPositive();
        assertThat(verdict.estimated()).isPositive();
    }

    @Test
    void r13_aCallThatItsServerDiedUnderIsNotSentAgain() {
        Gate gate = new Gate();
        try (HttpClient client = HttpClient.newHttpClient()) {
            server.createModel(ONCE);
            HttpRequest call = HttpRequest.newBuilder(server.base().resolve("/v1/chat/completions"))
                    .header("authorization", "Bearer " + server.createCallerKey("once"))
                    .header("content-type", "application/json")
                    .header("idempotency-key", "order-4711")
                    .POST(BodyPublishers.ofString("""
                            {"model":"%s","stream":true,"messages":[{"role":"user","content":"once"}]}
                            """.formatted(ONCE)))
                    .build();
            provider.whenModel(ONCE, Script.chat().tokens(3).after(new Step.Pause(gate)));
            CompletableFuture<HttpResponse<String>> first = client.sendAsync(call, BodyHandlers.ofString());
            gate.awaitReached();

            node.kill();
            assertThat(first).failsWithin(DEADLINE);
            gate.open();
            node.startAgain();

            assertThat(ask(client, call).body()).contains("idempotency_in_progress");
            // What is left is the minute in which the dead one could have renewed its claim
            server.database().execute("UPDATE idempotency_keys SET renewed_at = renewed_at - interval '1 minute'");
            for (int again = 0; again < 3; again++) {
                HttpResponse<String> refused = ask(client, call);
                assertThat(refused.statusCode()).isEqualTo(409);
                assertThat(refused.body()).contains("idempotency_outcome_unknown");
            }
            assertThat(provider.received())
                    .filteredOn(request -> request.key().equals(TestingServer.providerKey(ONCE)))
                    .hasSize(1);
            Await.until(
                    "it has one record, as interrupted",
                    () -> server.usage().stream()
                            .filter(row -> row.model().equals(ONCE))
                            .map(UsageRow::outcome)
                            .toList()
                            .equals(List.of("interrupted")));
        } finally {
            gate.open();
        }
    }

    private static HttpResponse<String> ask(HttpClient client, HttpRequest call) {
        return client.sendAsync(call, BodyHandlers.ofString())
                .orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
