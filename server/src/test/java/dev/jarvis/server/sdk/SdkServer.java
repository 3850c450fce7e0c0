package dev.jarvis.server.sdk;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;

import java.util.concurrent.ThreadLocalRandom;

/** A server with a model for each thing that the clients are tried with. */
final class SdkServer implements AutoCloseable {
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final TestingServer server;
    private final String callerKey;

    SdkServer() {
        server = TestingServer.builder().withProvider(provider).start();
        provider.whenModel("sdk-limited", Scripts.rateLimited(30))
                .whenModel("sdk-broken", Scripts.serverError(500))
                .whenModel("sdk-dead-key", Scripts.invalidKey())
                .whenModel("sdk-in-band", Scripts.inBandError(3, "server_error", "model_failed"));
        server.createModel("sdk");
        server.createModel("org/sdk:v1");
        server.createModel("sdk-limited");
        server.createModel("sdk-broken");
        server.createModel("sdk-dead-key");
        server.createModel("sdk-in-band");
        callerKey = server.createCallerKey("sdk " + ThreadLocalRandom.current().nextInt(1000));
    }

    ScriptedProvider provider() {
        return provider;
    }

    TestingServer server() {
        return server;
    }

    String callerKey() {
        return callerKey;
    }

    @Override
    public void close() {
        server.close();
        provider.close();
    }
}
