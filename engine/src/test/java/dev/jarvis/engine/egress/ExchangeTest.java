package dev.jarvis.engine.egress;

import dev.jarvis.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

class ExchangeTest {
    private static final String LARGE = "x".repeat(1 << 20);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger over = new AtomicInteger();
    private final HttpClientAgent client = vertx.httpClientBuilder()
            .withConnectHandler(connection -> connection.closeHandler(closed -> over.incrementAndGet()))
            .build();
    private HttpServer peer;

    @BeforeEach
    void listen() {
        peer = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("connection", "close")
                        .end(request.uri().equals("/") ? "at once" : LARGE))
                .listen(0, "127.0.0.1")
                .await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void hearsAnAnswerThatIsOverBeforeTheCallerIsHeardOfAgain() throws NoAnswerException {
        Future<HttpClientRequest> opening = client.request(HttpMethod.GET, peer.actualPort(), "127.0.0.1", "/");
        try (Exchange exchange = new Exchange(() -> slow(opening), new byte[0], 1_000)) {
            assertThat(exchange.begin(PATIENCE).status()).isEqualTo(200);
            StringBuilder read = new StringBuilder();
            for (Optional<byte[]> piece = exchange.next(PATIENCE); piece.isPresent(); piece = exchange.next(PATIENCE)) {
                read.append(new String(piece.get(), StandardCharsets.UTF_8));
            }
            assertThat(read).hasToString("at once");
        }
    }

    /** Taken slowly: the peer has closed the connection long before the end is read. */
    @Test
    void readsALargeAnswerToItsEnd() throws NoAnswerException {
        for (int round = 1; round <= 10; round++) {
            assertThat(large(LARGE.length(), round)).isEqualTo(LARGE.length());
        }
    }

    @Test
    void breaksOffAnAnswerThatIsLongerThanItMayBe() throws NoAnswerException {
        assertThat(large(100_000, 1)).isBetween(100_001, 200_000);
    }

    /** How much of it is read. */
    private int large(int most, int round) throws NoAnswerException {
        try (Exchange exchange = new Exchange(
                () -> client.request(HttpMethod.GET, peer.actualPort(), "127.0.0.1", "/large"), new byte[0], most)) {
            exchange.begin(PATIENCE);
            Await.until("the connection is closed", () -> over.get() == round);
            int read = 0;
            for (Optional<byte[]> piece = exchange.next(PATIENCE); piece.isPresent(); piece = exchange.next(PATIENCE)) {
                read += piece.get().length;
            }
            return read;
        }
    }

    /** As for a thread that, each time it has said what comes next, gets the processor back when the answer is over. */
    @SuppressWarnings("unchecked")
    private Future<HttpClientRequest> slow(Future<HttpClientRequest> opening) {
        return (Future<HttpClientRequest>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Future.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(opening, arguments);
                        Await.until("the answer is over", () -> over.get() == 1);
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
