package dev.jarvis.engine.model;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The way to the gateway's public door, the only one that the engine has to models. Its address is the operator's, so no
 * guard judges it; nothing that a user writes leads anywhere through this client.
 */
public final class GatewayHttp implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration LIFE_SIGN = Duration.ofSeconds(2);

    private final Supplier<URI> base;
    private final HttpClient client;

    /** @param base without a trailing slash; asked at each call, because a server knows its own port only once it listens */
    public GatewayHttp(Supplier<URI> base) {
        this.base = base;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base.get() + path));
    }

    /** Whether somebody lives there. */
    public boolean answers() {
        try {
            return client.send(
                                    request("/health/live").timeout(LIFE_SIGN).build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
