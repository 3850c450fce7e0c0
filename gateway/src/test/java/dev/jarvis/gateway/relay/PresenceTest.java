package dev.jarvis.gateway.relay;

import dev.jarvis.platform.http.HttpDoor;
import dev.jarvis.platform.http.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that close their sending side while nobody has begun to answer them. */
class PresenceTest {
    private static final String REQUEST = "GET /wait HTTP/1.1\r\nhost: test\r\n\r\n";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final CompletableFuture<HttpServerRequest> waiting = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private Socket send() throws Exception {
        Routes routes = (table, loop) -> table.add(HttpMethod.GET, "/wait", (request, scope) -> {
            Presence.watch(request, loop.getOrCreateContext());
            request.response().closeHandler(closed -> gone.complete(null));
            request.resume();
            waiting.complete(request);
        });
        HttpDoor door = HttpDoor.open(vertx, "127.0.0.1", 0, 1, List.of(routes)).await();
        Socket socket = new Socket("127.0.0.1", door.port());
        socket.setSoTimeout(15_000);
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void whoIsGoneIsFoundOut() throws Exception {
        Socket socket = send();
        waiting.get(20, TimeUnit.SECONDS);
        socket.close();

        gone.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whoIsThereGetsItsAnswerAndThenTheConnectionIsClosed() throws Exception {
        try (Socket socket = send()) {
            HttpServerRequest request = waiting.get(20, TimeUnit.SECONDS);
            socket.shutdownOutput();
            byte[] asked = socket.getInputStream().readNBytes(25);
            vertx.runOnContext(turn -> request.response().end("at last"));

            assertThat(new String(asked, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("HTTP/1.1 200 OK")
                    .endsWith("at last");
        }
    }
}
