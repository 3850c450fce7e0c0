package dev.jarvis.server;

import dev.jarvis.platform.postgres.EmbeddedPostgres;
import dev.jarvis.platform.settings.Settings;
import dev.jarvis.platform.start.CannotStartException;
import io.vertx.core.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JarvisServerTest {
    private static final Parts.Assembly NO_PARTS = (foundation, vertx, blocking, closing) ->
            new Parts(List.of(), List.of(), window -> Future.succeededFuture(), Optional.empty());

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @AfterEach
    void unlinkPostgres() {
        UnpackedPostgres.unlink(directory);
        UnpackedPostgres.unlink(directory.resolve("other"));
    }

    @Test
    void aFreshServerIsReadyAndCanBeStartedAgain() throws Exception {
        for (int start = 1; start <= 2; start++) {
            try (JarvisServer server = start(Map.of())) {
                assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
                HttpResponse<String> ready = get(server, "/health/ready");
                assertThat(ready.statusCode()).isEqualTo(200);
                assertThat(ready.body())
                        .contains(
                                "\"database\":{\"ok\":true}",
                                "\"migrations\":{\"ok\":true}",
                                "\"vault\":{\"ok\":true}");
                assertThat(get(server, "/metrics").headers().firstValue("content-type"))
                        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
                assertThat(get(server, "/nothing").statusCode()).isEqualTo(404);
            }
            assertThat(EmbeddedPostgres.running(directory)).isEmpty();
        }
    }

    @Test
    void withoutItsMasterKeyItIsSealedAndServesNothingButHealth() throws Exception {
        UnpackedPostgres.linkInto(directory);
        start(Map.of()).close();
        Files.delete(directory.resolve("master.key"));
        try (JarvisServer server = start(Map.of())) {
            assertThat(server.sealedBecause()).isPresent();
            assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
            HttpResponse<String> ready = get(server, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("\"vault\":{\"ok\":false");
            for (String path : List.of("/v1/models", "/api/v1/auth/me", "/anything")) {
                HttpResponse<String> refused = get(server, path);
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.body()).contains("\"code\":\"sealed\"");
            }
        }
    }

    @Test
    void saysWhoHasTheAddressItWants() {
        UnpackedPostgres.linkInto(directory);
        UnpackedPostgres.linkInto(directory.resolve("other"));
        try (JarvisServer first = start(Map.of())) {
            Map<String, String> same = Map.of(
                    "JARVIS_LISTEN",
                    "127.0.0.1:" + first.url().getPort(),
                    "JARVIS_DATA_DIR",
                    directory.resolve("other").toString());
            assertThatThrownBy(() -> start(same))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("cannot be listened on")
                    .hasMessageContaining("JARVIS_LISTEN");
        }
    }

    private JarvisServer start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "JARVIS_LISTEN", "127.0.0.1:0",
                "JARVIS_DATA_DIR", directory.toString(),
                "JARVIS_EVENT_LOOPS", "1",
                "JARVIS_DRAIN_TIMEOUT", "5s"));
        all.putAll(settings);
        return JarvisServer.start(Settings.read(Map.of(), all, Optional.empty()), NO_PARTS);
    }

    private HttpResponse<String> get(JarvisServer server, String path) throws Exception {
        URI url = server.url().resolve(path);
        return client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
    }
}
