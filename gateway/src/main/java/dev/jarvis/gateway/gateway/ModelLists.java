package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.catalog.AuthScheme;
import dev.jarvis.gateway.catalog.Deployment;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.provider.OpenAiProvider;
import dev.jarvis.gateway.upstream.UpstreamCall;
import dev.jarvis.gateway.upstream.UpstreamClient;
import dev.jarvis.platform.vault.Secret;
import io.vertx.core.Context;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks providers what they serve, over the connections of the first event loop and the same guard as any call. Blocking. */
final class ModelLists {
    private static final long PATIENCE_SECONDS = 20;
    private static final UUID NOT_STORED = new UUID(0, 0);

    private final Function<UUID, Optional<Model>> models;
    private volatile @Nullable Line line;

    private record Line(UpstreamClient client, Context loop) {}

    ModelLists(Function<UUID, Optional<Model>> models) {
        this.models = models;
    }

    void use(UpstreamClient client, Context loop) {
        line = new Line(client, loop);
    }

    ModelList ofModel(UUID modelId) {
        Optional<Model> model = models.apply(modelId);
        if (model.isEmpty()) {
            return noList("model_not_found", "There is no usable model of this id.");
        }
        Deployment deployment = model.get().deployment();
        Optional<ProviderKey> key = deployment.keys().stream().findFirst();
        if (key.isEmpty() && !(deployment.auth() instanceof AuthScheme.None)) {
            return noList("no_provider_key", "The model has no enabled key to ask with.");
        }
        return ask(deployment.baseUrl(), deployment.auth(), key, deployment.builtIn());
    }

    ModelList of(URI baseUrl, String authType, Optional<Secret> key) {
        return ask(
                baseUrl, AuthScheme.of(authType), key.map(secret -> new ProviderKey(NOT_STORED, "", secret, 1)), false);
    }

    private ModelList ask(URI baseUrl, AuthScheme auth, Optional<ProviderKey> key, boolean builtIn) {
        Line open = line;
        if (open == null) {
            return noList("gateway_not_running", "The gateway does not run.");
        }
        CompletableFuture<Supplier<ModelList>> result = new CompletableFuture<>();
        open.loop().runOnContext(turn -> {
            try {
                UpstreamCall call = open.client()
                        .send(OpenAiProvider.models(baseUrl, auth, key, builtIn), new ModelListListener(key, result));
                // A list that is too long, or that nobody waits for any more, is not read to its end.
                result.whenComplete((list, failure) -> open.loop().runOnContext(over -> call.cancel()));
            } catch (IllegalArgumentException e) {
                result.complete(() -> noList("invalid_key", "The key cannot be sent in a header."));
            }
        });
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS).get();
        } catch (TimeoutException e) {
            ModelList late = noList("request_timeout", "The provider did not answer in time.");
            result.complete(() -> late);
            return late;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return noList("server_stopping", "The server is stopping.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ModelList noList(String code, String message) {
        return ModelList.failed(OptionalInt.empty(), 0, code, message);
    }
}
