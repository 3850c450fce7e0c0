package dev.jarvis.engine.model;

import dev.jarvis.platform.vault.Secret;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Calls a model at the gateway's public door, streaming. Blocking; for virtual threads. */
public final class ModelClient {
    private static final Logger LOG = LoggerFactory.getLogger(ModelClient.class);

    /** To the answer's head; the gateway gives up on providers earlier. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration SHORT_PATIENCE = Duration.ofSeconds(2);

    private static final int MOST_ERROR_BYTES = 64 * 1024;
    private static final int MOST_RETRY_SECONDS = 3600;

    /** Lenient: what providers send is relayed byte for byte. */
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final Set<Integer> GONE = Set.of(401, 403);

    private final GatewayHttp http;

    public ModelClient(GatewayHttp http) {
        this.http = http;
    }

    /**
     * Asks once.
     *
     * @param idempotencyKey the same for the same step, whenever and by whichever engine it is sent: it is paid once
     * @param body of {@code POST /v1/chat/completions}, with {@code stream} and {@code include_usage}
     */
    public ModelResult call(Secret token, String idempotencyKey, byte[] body, ModelListener listener, Stop stop) {
        HttpRequest request = http.request("/v1/chat/completions")
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + token.reveal())
                .header("content-type", "application/json")
                .header("idempotency-key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        CompletableFuture<HttpResponse<InputStream>> sent =
                http.client().sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        stop.onAsk(() -> sent.cancel(true));
        String requestId = null;
        try {
            HttpResponse<InputStream> response = sent.get();
            requestId = requestId(response);
            try (InputStream answer = response.body()) {
                stop.onAsk(() -> close(answer));
                return response.statusCode() == 200
                        ? read(answer, requestId, listener)
                        : refused(
                                response,
                                new String(answer.readNBytes(MOST_ERROR_BYTES), StandardCharsets.UTF_8),
                                requestId);
            }
        } catch (CancellationException e) {
            return new ModelResult.Stopped(Optional.ofNullable(requestId));
        } catch (IOException | ExecutionException e) {
            return stop.isAsked()
                    ? new ModelResult.Stopped(Optional.ofNullable(requestId))
                    : new ModelResult.Broken(
                            "gateway_unreachable",
                            "The gateway did not answer to the end: " + reason(e),
                            Optional.ofNullable(requestId));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ModelResult.Stopped(Optional.ofNullable(requestId));
        } finally {
            stop.over();
        }
    }

    /** Whether the gateway takes a credential no more. @return empty: it does, or nobody can be asked */
    public Optional<ModelResult.Refused> refusal(Secret token, String model) {
        String name = URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
        HttpRequest request = http.request("/v1/models/" + name)
                .timeout(SHORT_PATIENCE)
                .header("authorization", "Bearer " + token.reveal())
                .GET()
                .build();
        try {
            // Read to its end, so that the connection can be used again.
            HttpResponse<String> response = http.client().send(request, HttpResponse.BodyHandlers.ofString());
            return GONE.contains(response.statusCode())
                    ? Optional.of(refused(response, response.body(), requestId(response)))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("The gateway did not say whether a credential counts");
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A repeated request is paid under the id of the first. */
    private static String requestId(HttpResponse<?> response) {
        return response.headers()
                .firstValue("idempotent-request-id")
                .or(() -> response.headers().firstValue("x-request-id"))
                .orElse("");
    }

    private static String reason(Exception failure) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getClass().getSimpleName();
    }

    private static void close(InputStream answer) {
        try {
            answer.close();
        } catch (IOException e) {
            // It is given up either way; the reader notices by its own exception.
        }
    }

    private static ModelResult.Refused refused(HttpResponse<?> response, String answer, String requestId) {
        JsonNode error = tree(answer).path("error");
        Optional<Duration> retryAfter = response.headers()
                .firstValue("retry-after")
                .filter(text -> text.matches("[0-9]{1,5}"))
                .map(text -> Duration.ofSeconds(Math.min(MOST_RETRY_SECONDS, Integer.parseInt(text))));
        return new ModelResult.Refused(
                response.statusCode(),
                error.path("code").asString("model_refused"),
                error.path("message").asString("The gateway answered with " + response.statusCode() + "."),
                retryAfter,
                Optional.of(requestId));
    }

    private static ModelResult read(InputStream answer, String requestId, ModelListener listener) throws IOException {
        listener.accepted(requestId);
        Chunks chunks = new Chunks(listener);
        BufferedReader lines = new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8));
        while (true) {
            @Nullable String line = lines.readLine();
            if (line == null) {
                return new ModelResult.Broken(
                        "answer_cut", "The answer ended before it was complete.", Optional.of(requestId));
            }
            if (!line.startsWith("data:")) {
                pauseIfDrained(lines, listener); // the empty line that ends an event is the last that comes for now
                continue;
            }
            String data = line.substring(5).strip();
            if (data.equals("[DONE]")) {
                listener.pause();
                return chunks.answer(requestId);
            }
            JsonNode chunk = tree(data);
            if (chunk.has("error")) {
                JsonNode error = chunk.path("error");
                return new ModelResult.Refused(
                        502,
                        error.path("code").asString("model_failed"),
                        error.path("message").asString("The model failed."),
                        Optional.empty(),
                        Optional.of(requestId));
            }
            chunks.add(chunk);
            if (chunks.isFlood()) {
                return new ModelResult.Refused(
                        502,
                        "answer_too_long",
                        "The model's answer did not come to an end, and was cut off.",
                        Optional.empty(),
                        Optional.of(requestId));
            }
            pauseIfDrained(lines, listener);
        }
    }

    private static void pauseIfDrained(BufferedReader lines, ModelListener listener) throws IOException {
        if (!lines.ready()) {
            listener.pause();
        }
    }

    private static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
