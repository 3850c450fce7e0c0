package dev.jarvis.server.engine;

import dev.jarvis.platform.settings.Settings;
import dev.jarvis.server.JarvisServer;
import dev.jarvis.server.testing.RunningServer;
import dev.jarvis.server.testing.TestingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway that knows of no engine, and one whose engine is away. */
class EngineElsewhereTest {
    @TempDir
    Path directory;

    @Test
    void saysThatThereIsNoEngine() {
        try (TestingServer server = start(Map.of())) {
            assertRefused(server, 404, "engine_not_here");
            assertThat(server.admin().get("/v1/models").expect(200).body()).doesNotContain("agent:");
        }
    }

    @Test
    void saysThatTheEngineDoesNotAnswer() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        try (TestingServer server = start(Map.of("JARVIS_ENGINE_URL", "http://127.0.0.1:" + nobody))) {
            assertRefused(server, 503, "engine_unavailable");
            server.admin().get("/v1/models").expect(200);
        }
    }

    @Test
    void everyPathOfTheEngineIsKnownToAGatewayWithoutIt() throws IOException {
        List<String> paths =
                Files.readAllLines(Path.of(System.getProperty("jarvis.repository"), "docs/api/engine.yaml")).stream()
                        .filter(line -> line.matches("  /api/\\S+:"))
                        .map(line -> line.strip().replaceAll("\\{[^}]*}", "x").replace(":", ""))
                        .toList();
        assertThat(paths)
                .hasSizeGreaterThan(10)
                .allMatch(path -> dev.jarvis.engine.Engine.PATHS.stream()
                        .anyMatch(known -> path.equals(known) || path.startsWith(known + "/")));
    }

    @Test
    void theServicesOfTheComposeFilesAreGivenSettingsThatAServerTakes() throws IOException {
        Map<String, String> gateway = environment("compose.yaml", "gateway-1");
        gateway.putAll(environment("compose.engines.yaml", "gateway-1"));
        assertThat(Settings.read(Map.of(), gateway, Optional.empty()).engineUrl())
                .contains(URI.create("http://engines:8080"));
        Map<String, String> engine = environment("compose.engines.yaml", "engine-2");
        assertThat(Settings.read(Map.of(), engine, Optional.empty()).isEngineApart())
                .isTrue();
        assertThat(engine.get("JARVIS_DATABASE_URL")).startsWith("postgres://jarvis_engine:");
    }

    /** With 32 bytes in base64 for every secret of {@code deploy/.env}. */
    private static Map<String, String> environment(String file, String service) throws IOException {
        String text = Files.readString(Path.of(System.getProperty("jarvis.repository"), "deploy", file))
                .replaceAll("\\$\\{JARVIS_ADMIN_EMAIL[^}]*}", "admin@example.com")
                .replaceAll("\\$\\{[A-Z_]+:[^}]*}", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        Map<?, ?> compose = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
        Map<?, ?> one = in(in(compose, "services"), service);
        Map<String, String> environment = new HashMap<>();
        in(one.containsKey("environment") ? one : in(one, "<<"), "environment")
                .forEach((name, value) -> environment.put(String.valueOf(name), String.valueOf(value)));
        return environment;
    }

    private static Map<?, ?> in(Map<?, ?> map, String name) {
        return (Map<?, ?>) Objects.requireNonNull(map.get(name), name);
    }

    private static void assertRefused(TestingServer server, int status, String code) {
        for (String path : List.of("/api/v1/agents", "/api/v1/conversations/x/messages", "/api/v1/runs/x/events")) {
            assertThat(server.admin().get(path).status()).as(path).isEqualTo(status);
            assertThat(server.admin().get(path).errorCode()).isEqualTo(code);
        }
        assertThat(server.admin()
                        .post(
                                "/v1/chat/completions",
                                Map.of(
                                        "model",
                                        "agent:any",
                                        "messages",
                                        List.of(Map.of("role", "user", "content", "Hello"))))
                        .errorCode())
                .isEqualTo(code);
        assertThat(server.admin().get("/api/v1/agentsandmore").errorCode()).isEqualTo("not_found");
    }

    private TestingServer start(Map<String, String> settings) {
        TestingServer.Builder builder = TestingServer.builder()
                .withDirectory(directory)
                .withSetting("JARVIS_ROLES", "gateway,control")
                .startedBy((environment, home) -> new Here(environment));
        settings.forEach(builder::withSetting);
        return builder.start();
    }

    private static final class Here implements RunningServer {
        private final JarvisServer server;

        Here(Map<String, String> environment) {
            Map<String, String> all = new HashMap<>(environment);
            all.put("JARVIS_LISTEN", "127.0.0.1:0");
            all.put("JARVIS_EVENT_LOOPS", "1");
            server = JarvisServer.start(Settings.read(Map.of(), all, Optional.empty()));
        }

        @Override
        public URI base() {
            return server.url();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
