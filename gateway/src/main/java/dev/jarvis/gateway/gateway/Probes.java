package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.catalog.AuthScheme;
import dev.jarvis.gateway.catalog.Deployment;
import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.gateway.ProbeResult.Fault;
import dev.jarvis.gateway.provider.OpenAiProvider;
import dev.jarvis.gateway.provider.OpenAiVerdicts;
import dev.jarvis.gateway.route.KeyRing;
import dev.jarvis.gateway.route.Pick;
import dev.jarvis.gateway.upstream.Patience;
import dev.jarvis.gateway.upstream.UpstreamClient;
import dev.jarvis.gateway.upstream.UpstreamRequest;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.json.Json;
import dev.jarvis.platform.vault.Secret;
import io.vertx.core.Context;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Sends test calls, one tiny question each, over the connections of the first event loop. Blocking. */
final class Probes {
    private static final int MOST_TOKENS = 16;
    private static final UUID NOT_STORED = new UUID(0, 0);

    private final Function<UUID, Optional<Model>> models;
    private final KeyRing keyRing;
    private final OpenAiVerdicts verdicts;
    private final Patience patience;
    private volatile @Nullable Line line;

    private record Line(UpstreamClient client, Context loop) {}

    Probes(Function<UUID, Optional<Model>> models, KeyRing keyRing, OpenAiVerdicts verdicts, Patience patience) {
        this.models = models;
        this.keyRing = keyRing;
        this.verdicts = verdicts;
        this.patience = patience;
    }

    void use(UpstreamClient client, Context loop) {
        line = new Line(client, loop);
    }

    ProbeResult probe(UUID modelId, Optional<UUID> keyId) {
        Line open = line;
        if (open == null) {
            return failed(new Fault("gateway_not_running", "The gateway does not run."), Optional.empty());
        }
        Optional<Model> model = models.apply(modelId);
        if (model.isEmpty()) {
            return failed(new Fault("model_not_found", "There is no usable model of this id."), Optional.empty());
        }
        Optional<ProviderKey> key = keyId.isPresent()
                ? model.get().deployment().keys().stream()
                        .filter(candidate -> candidate.id().equals(keyId.get()))
                        .findFirst()
                : anyKey(model.get());
        return call(open, model.get().deployment(), key);
    }

    /** A call for a model that is not stored: its key is used once and belongs to nothing whose health could change. */
    ProbeResult probe(URI baseUrl, String authType, String upstreamModel, Optional<Secret> secret) {
        Line open = line;
        if (open == null) {
            return failed(new Fault("gateway_not_running", "The gateway does not run."), Optional.empty());
        }
        Optional<ProviderKey> key = secret.map(text -> new ProviderKey(NOT_STORED, "", text, 1));
        Deployment deployment = new Deployment(
                NOT_STORED,
                "",
                baseUrl,
                AuthScheme.of(authType),
                KeyMode.SINGLE,
                upstreamModel,
                key.stream().toList(),
                false);
        return call(open, deployment, key);
    }

    /** The one that a call would take; one that rests, if all do: to test it is what an administrator wants. */
    private Optional<ProviderKey> anyKey(Model model) {
        return keyRing.pick(model.deployment(), Set.of()) instanceof Pick.Use use
                ? Optional.of(use.key())
                : model.deployment().keys().stream().findFirst();
    }

    private ProbeResult call(Line open, Deployment deployment, Optional<ProviderKey> key) {
        if (key.isEmpty() && !(deployment.auth() instanceof AuthScheme.None)) {
            Refusal refusal = OpenAiVerdicts.noUsableKey();
            return failed(new Fault(refusal.code(), refusal.message()), Optional.empty());
        }
        CompletableFuture<ProbeResult> result = new CompletableFuture<>();
        open.loop().runOnContext(turn -> {
            try {
                UpstreamRequest request = OpenAiProvider.chat(
                        deployment,
                        key,
                        List.of(Slice.of(question(deployment))),
                        false,
                        Uuid7.next(),
                        Optional.empty(),
                        0);
                ProbeListener listener = new ProbeListener(key, verdicts, result);
                listener.calls(open.client().send(request, listener), patience, open.loop());
            } catch (IllegalArgumentException e) {
                result.complete(failed(new Fault("invalid_key", "The key cannot be sent in a header."), key));
            }
        });
        try {
            return result.get(
                    patience.connect()
                            .plus(patience.firstByte())
                            .plus(patience.idle())
                            .toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return failed(new Fault("request_timeout", "The provider did not answer in time."), key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(new Fault("server_stopping", "The server is stopping."), key);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String question(Deployment deployment) {
        return Json.MAPPER.writeValueAsString(Map.of(
                "model", deployment.upstreamModel(),
                "max_tokens", MOST_TOKENS,
                "messages", List.of(Map.of("role", "user", "content", "Say OK."))));
    }

    static ProbeResult failed(Fault fault, Optional<ProviderKey> key) {
        return new ProbeResult(
                false,
                OptionalInt.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                key.map(used -> used.secret().hint()),
                Optional.of(fault));
    }
}
