package dev.jarvis.engine.model;

import dev.jarvis.platform.vault.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Asks the gateway what models can do, as whoever uses them. Blocking; for virtual threads. */
public final class ModelDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(ModelDirectory.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final GatewayHttp http;

    public ModelDirectory(GatewayHttp http) {
        this.http = http;
    }

    /** @return empty if the model is not there, or nobody answers: then its call will say why */
    public Optional<ModelFacts> find(Secret token, String modelId) {
        HttpRequest request = http.request("/api/v1/llm/models")
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + token.reveal())
                .GET()
                .build();
        try {
            HttpResponse<byte[]> response = http.client().send(request, HttpResponse.BodyHandlers.ofByteArray());
            return response.statusCode() == 200
                    ? MAPPER.readTree(response.body())
                            .path("data")
                            .valueStream()
                            .filter(model -> model.path("model_id").asString("").equals(modelId))
                            .findFirst()
                            .map(ModelDirectory::facts)
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("The gateway did not say what its models can do");
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static ModelFacts facts(JsonNode model) {
        return new ModelFacts(
                model.path("supports_vision").asBoolean(false),
                number(model.path("context_window")),
                number(model.path("max_tokens")));
    }

    private static OptionalInt number(JsonNode value) {
        return value.isInt() && value.intValue() > 0 ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
    }
}
