package dev.jarvis.server.contract;

import dev.jarvis.server.testing.ApiAnswer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls a server with a credential, and holds every answer against the description of its operation.
 *
 * @param succeeded operations that were answered with 2xx
 */
record Calls(
        HttpClient client, Descriptions descriptions, Set<String> succeeded, URI base, Map<String, String> headers) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    Calls(Descriptions descriptions, URI base) {
        this(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                descriptions,
                ConcurrentHashMap.newKeySet(),
                base,
                Map.of());
    }

    Calls to(URI other) {
        return new Calls(client, descriptions, succeeded, other, headers);
    }

    Calls as(String credential) {
        return with(Map.of("authorization", "Bearer " + credential));
    }

    Calls with(Map<String, String> others) {
        return new Calls(client, descriptions, succeeded, base, others);
    }

    ApiAnswer get(int status, String path) {
        return call(status, "GET", path, null);
    }

    ApiAnswer post(int status, String path, @Nullable Object body) {
        return call(status, "POST", path, body);
    }

    ApiAnswer delete(int status, String path) {
        return call(status, "DELETE", path, null);
    }

    /** The answer, which has that status and is as described. */
    ApiAnswer call(int status, String method, String path, @Nullable Object body) {
        ApiAnswer answer = send(method, path, body).expect(status);
        Operation operation = descriptions.find(method, URI.create(path).getPath());
        operation.check(answer);
        if (status < 300) {
            succeeded.add(operation.name());
        }
        return answer;
    }

    /** The answer, whatever it is. */
    ApiAnswer send(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(text(body)));
        headers.forEach(request::header);
        if (body != null && !headers.containsKey("content-type")) {
            request.header("content-type", "application/json");
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

    private static String text(Object body) {
        return body instanceof String text ? text : MAPPER.writeValueAsString(body);
    }
}
