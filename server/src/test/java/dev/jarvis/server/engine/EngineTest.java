package dev.jarvis.server.engine;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.LedgerEntry;
import dev.jarvis.testkit.provider.ReceivedRequest;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

import java.util.Map;

/** A provider that says what a test wants agents to be told, a server whose models it serves, and somebody who uses agents there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineTest {
    final ScriptedProvider provider = ScriptedProvider.start();
    final TestingServer server;
    final EngineUser ann;

    EngineTest() {
        this(Map.of());
    }

    EngineTest(Map<String, String> settings) {
        TestingServer.Builder builder = TestingServer.builder().withProvider(provider);
        settings.forEach(builder::withSetting);
        server = builder.start();
        ann = EngineUser.create(server, "ann");
    }

    /** How the provider saw the exchange of a request end; waits for that. */
    LedgerEntry.Closing closing(ReceivedRequest request) {
        return Await.value(
                        "the exchange is over at the provider",
                        () -> provider.ledger().entries().stream()
                                .filter(entry -> entry.number() == request.number())
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst()
                .closing();
    }

    @AfterEach
    void reset() {
        provider.reset();
    }

    @AfterAll
    void stop() {
        server.close();
        provider.close();
    }
}
