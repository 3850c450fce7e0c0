package dev.jarvis.server.engine;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.provider.ScriptedProvider;

/** A provider that says what a test wants agents to be told, and a server whose models it serves. */
final class ScriptedAgents {
    private final ScriptedProvider provider = ScriptedProvider.start();

    ScriptedProvider provider() {
        return provider;
    }

    TestingServer start() {
        return TestingServer.builder().withProvider(provider).start();
    }
}
