package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.openai.ProviderError;
import dev.jarvis.gateway.provider.ListedModel;
import dev.jarvis.gateway.provider.Redaction;
import dev.jarvis.gateway.upstream.UpstreamFailure;
import dev.jarvis.gateway.upstream.UpstreamListener;
import dev.jarvis.platform.json.Json;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Collects a provider's list of models, up to a size; what it makes of it is left to a thread that may take its time. */
final class ModelListListener implements UpstreamListener {
    /** OpenRouter's list, the longest known, has less than one. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final int MOST_SAID = 300;
    private static final String PROTOCOL = "upstream_protocol_error";

    private final Optional<ProviderKey> key;
    private final CompletableFuture<Supplier<ModelList>> result;
    private final long started = System.nanoTime();
    private final Buffer body = Buffer.buffer();
    private OptionalInt status = OptionalInt.empty();

    ModelListListener(Optional<ProviderKey> key, CompletableFuture<Supplier<ModelList>> result) {
        this.key = key;
        this.result = result;
    }

    @Override
    public void answered(int answeredStatus, MultiMap headers) {
        status = OptionalInt.of(answeredStatus);
    }

    @Override
    public void data(Buffer part) {
        if (body.length() + (long) part.length() > MOST_BYTES) {
            fail("answer_too_large", "The provider's list is over " + MOST_BYTES + " bytes.");
        } else {
            body.appendBuffer(part);
        }
    }

    @Override
    public void ended() {
        long latency = latency();
        result.complete(() -> read(latency));
    }

    private ModelList read(long latency) {
        int answered = status.orElse(0);
        if (answered != 200) {
            return ModelList.failed(status, latency, code(answered), advice(answered) + said());
        }
        try {
            JsonNode answer = Json.MAPPER.readTree(new String(body.getBytes(), StandardCharsets.UTF_8));
            if (!ListedModel.isList(answer)) {
                return ModelList.failed(
                        status,
                        latency,
                        PROTOCOL,
                        "The provider's answer is not a list of models. Check base_url." + said());
            }
            return new ModelList(status, latency, ListedModel.readAll(answer), Optional.empty());
        } catch (JacksonException e) {
            return ModelList.failed(
                    status,
                    latency,
                    PROTOCOL,
                    "The provider's answer is not JSON. Check base_url: it ends before /models.");
        }
    }

    @Override
    public void failed(UpstreamFailure failure) {
        fail(failure.code(), failure.message());
    }

    private void fail(String code, String message) {
        ModelList failed = ModelList.failed(status, latency(), code, message);
        result.complete(() -> failed);
    }

    private long latency() {
        return (System.nanoTime() - started) / 1_000_000;
    }

    private static String code(int status) {
        return switch (status) {
            case 401, 403 -> "key_refused";
            case 402 -> "quota_exhausted";
            case 404, 405 -> "no_model_list";
            case 429 -> "rate_limited";
            default -> "upstream_error";
        };
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 -> "The provider refused the key (" + status + ").";
            case 402 -> "The provider wants to be paid first (402).";
            case 404, 405 ->
                "The provider has no list of models at this base_url (" + status
                        + "). Check base_url, or enter the models by hand.";
            case 429 -> "The provider asks to go slower (429). Try again shortly.";
            default -> "The provider answered " + status + ".";
        };
    }

    /** The provider's own words, which may hold what was sent. */
    private String said() {
        String message = ProviderError.read(Slice.of(body.getBytes()))
                .map(ProviderError::message)
                .map(text -> Redaction.of(text, key))
                .orElse("");
        return message.isEmpty() ? "" : " It said: " + message.substring(0, Math.min(message.length(), MOST_SAID));
    }
}
