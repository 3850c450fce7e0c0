package dev.jarvis.gateway.door;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.jarvis.gateway.body.BodyLog;
import dev.jarvis.gateway.catalog.Catalog;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.platform.body.BodyPolicy;
import dev.jarvis.platform.http.Answers;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.PathText;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.http.RequestScope;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.json.Json;
import dev.jarvis.platform.money.Money;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.RateCardText;
import dev.jarvis.platform.money.TokenClass;
import dev.jarvis.platform.notice.Live;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * The models that a caller may use: {@code GET /v1/models} and {@code GET /v1/models/{model}} in OpenAI's form, {@code GET
 * /api/v1/llm/models} in full.
 */
public final class ModelListings {
    /** The part of a path that names a model. */
    public static final String MODEL = "model";

    private final Admittance admittance;
    private final Live<Catalog> catalog;
    private final OtherModels others;
    private final BodyLog bodyLog;
    private final Executor blocking;
    private final Context loop;

    /** For one event loop. */
    public ModelListings(
            Admittance admittance,
            Live<Catalog> catalog,
            OtherModels others,
            BodyLog bodyLog,
            Executor blocking,
            Context loop) {
        this.admittance = admittance;
        this.catalog = catalog;
        this.others = others;
        this.bodyLog = bodyLog;
        this.blocking = blocking;
        this.loop = loop;
    }

    private record Page<T>(String object, List<T> data) {}

    private record OpenAiModel(
            String id,
            String object,
            long created,
            @JsonProperty("owned_by") String ownedBy) {
        static OpenAiModel of(OtherModels.Listed agent) {
            return new OpenAiModel(agent.id(), "model", agent.createdAt().getEpochSecond(), "agent");
        }

        static OpenAiModel of(Model model) {
            return new OpenAiModel(
                    model.modelId(),
                    "model",
                    model.createdAt().getEpochSecond(),
                    model.deployment().provider());
        }
    }

    /** Prices are exact decimals per million tokens, as text: a JSON number would be read as a binary fraction. */
    private record FullModel(
            String id,
            String modelId,
            String name,
            String provider,
            String type,
            String typeCode,
            String description,
            boolean supportsVision,
            @Nullable Integer maxTokens,
            @Nullable Integer contextWindow,
            @Nullable String inputPrice,
            @Nullable String outputPrice,
            @Nullable String currency,
            @Nullable RateCardText price,
            String bodiesLogged) {
        static FullModel of(Model model, BodyPolicy bodies) {
            Price price = model.price().orElse(null);
            return new FullModel(
                    model.modelId(),
                    model.modelId(),
                    model.name(),
                    model.deployment().provider(),
                    model.type(),
                    model.typeCode(),
                    model.description(),
                    model.supportsVision(),
                    model.maxTokens().isPresent() ? model.maxTokens().getAsInt() : null,
                    model.contextWindow().isPresent() ? model.contextWindow().getAsInt() : null,
                    price == null ? null : decimal(price, TokenClass.INPUT),
                    price == null ? null : decimal(price, TokenClass.OUTPUT),
                    price == null ? null : price.currency().name(),
                    price == null ? null : RateCardText.of(price.card()),
                    bodies.code());
        }

        private static String decimal(Price price, TokenClass tokenClass) {
            return new Money(price.rate(tokenClass), price.currency())
                    .toDecimal()
                    .toPlainString();
        }
    }

    public void openAi(HttpServerRequest request, RequestScope scope) {
        admittance.admit(request, scope, loop, caller -> {
            request.resume();
            BlockingEndpoints.answer(request, scope, loop, blocking, () -> {
                List<OpenAiModel> all = new ArrayList<>();
                usable(caller).forEach(model -> all.add(OpenAiModel.of(model)));
                others.list(caller).stream()
                        .filter(agent -> caller.mayUse(agent.id()))
                        .forEach(agent -> all.add(OpenAiModel.of(agent)));
                return Reply.ok(new Page<>("list", all));
            });
        });
    }

    /** One model. Clients send the slashes of its name as they are, or encoded. */
    public void openAiModel(HttpServerRequest request, RequestScope scope) {
        admittance.admit(request, scope, loop, caller -> {
            request.resume();
            BlockingEndpoints.answer(request, scope, loop, blocking, () -> {
                String id = PathText.decode(
                        Objects.requireNonNull(scope.pathParameters().get(MODEL)));
                return Reply.ok(find(caller, id).orElseThrow(() -> ChatEndpoint.modelNotFound(id)));
            });
        });
    }

    private Optional<OpenAiModel> find(Identity caller, String id) {
        if (!caller.mayUse(id)) {
            return Optional.empty();
        }
        return id.startsWith(OtherModels.PREFIX)
                ? others.find(caller, id).map(OpenAiModel::of)
                : catalog.get().find(id).map(OpenAiModel::of);
    }

    public void full(HttpServerRequest request, RequestScope scope) {
        list(request, scope, (caller, model) -> FullModel.of(model, bodyLog.policy(caller, model)));
    }

    private <T> void list(HttpServerRequest request, RequestScope scope, BiFunction<Identity, Model, T> view) {
        admittance.admit(request, scope, loop, caller -> {
            request.resume();
            request.response()
                    .putHeader("content-type", "application/json; charset=utf-8")
                    .putHeader("cache-control", "no-store");
            List<T> models = usable(caller).stream()
                    .map(model -> view.apply(caller, model))
                    .toList();
            Answers.end(request, Buffer.buffer(Json.MAPPER.writeValueAsBytes(new Page<>("list", models))));
        });
    }

    private List<Model> usable(Identity caller) {
        return catalog.get().models().stream()
                .filter(model -> caller.mayUse(model.modelId()))
                .sorted(Comparator.comparing(Model::modelId))
                .toList();
    }
}
