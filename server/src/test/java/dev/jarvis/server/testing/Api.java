package dev.jarvis.server.testing;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls the server as one caller. Bodies are JSON: text as it is, anything else written by Jackson. */
public final class Api {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final HttpClient client;
    private final URI base;
    private final @Nullable String credential;

    Api(HttpClient client, URI base, @Nullable String credential) {
        this.client = client;
        this.base = base;
        this.credential = credential;
    }

    /** The same server called with another credential. */
    public Api as(String other) {
        return new Api(client, base, other);
    }

    /** The same caller at another server. */
    public Api at(URI other) {
        return new Api(client, other, credential);
    }

    public URI base() {
        return base;
    }

    public ApiAnswer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public ApiAnswer post(String path, Object body) {
        return send("POST", path, json(body));
    }

    /** Sends a file as it is. */
    public ApiAnswer upload(String path, byte[] bytes) {
        return send("POST", path, "application/octet-stream", BodyPublishers.ofByteArray(bytes));
    }

    public ApiAnswer put(String path, Object body) {
        return send("PUT", path, json(body));
    }

    public ApiAnswer patch(String path, Object body) {
        return send("PATCH", path, json(body));
    }

    public ApiAnswer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    private ApiAnswer send(String method, String path, BodyPublisher body) {
        return send(method, path, "application/json", body);
    }

    private ApiAnswer send(String method, String path, String type, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .header("content-type", type)
                .method(method, body);
        if (credential != null) {
            request.header("authorization", "Bearer " + credential);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new ApiAnswer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static BodyPublisher json(Object body) {
        return BodyPublishers.ofString(body instanceof String text ? text : MAPPER.writeValueAsString(body));
    }
}
