package dev.jarvis.server.testing;

import dev.jarvis.testkit.provider.ScriptedProvider;

import java.io.IOException;
import java.util.Map;

/** Everything up on this machine, with a scripted provider behind the model {@code scripted}, until Enter is pressed. */
public final class LocalServer {
    private LocalServer() {}

    public static void main(String[] args) throws IOException {
        try (ScriptedProvider provider = ScriptedProvider.start();
                TestingServer server = TestingServer.builder()
                        .withProvider(provider)
                        .withSetting("JARVIS_LISTEN", args.length > 0 ? args[0] : "127.0.0.1:8080")
                        .start()) {
            server.createModel("scripted", Map.of("description", "say: tokens=50 delay_ms=20"));
            System.out.printf(
                    """
                    Jarvis      %s
                    log in      %s  %s
                    caller key  %s
                    models      scripted (by the provider at %s)
                    database    %s
                    Enter stops everything.
                    """,
                    server.base(),
                    TestingServer.ADMIN_EMAIL,
                    server.adminPassword(),
                    server.createCallerKey("local"),
                    provider.baseUrl(),
                    server.database().url());
            int key = System.in.read();
            System.out.println(key < 0 ? "no terminal, stopping" : "stopping");
        }
    }
}
