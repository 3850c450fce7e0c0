package dev.jarvis.control.model;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The same act on several models. Each is a transaction with its audit record, as if it had been asked for alone: what is
 * wrong with one is told beside it and leaves the others alone.
 */
final class BulkModels {
    private static final int MOST = 200;
    private static final String MODELS = "models";
    private static final String DELETED = "deleted";

    private final Models models;

    BulkModels(Models models) {
        this.models = models;
    }

    /** @param error empty if it was done */
    record Result(Optional<UUID> id, Optional<String> modelId, boolean ok, Optional<Fault> error) {}

    /** As the error body of a request for this model alone. */
    record Fault(String code, String message, @Nullable String param) {
        static Fault of(Refusal refusal) {
            return new Fault(refusal.code(), refusal.message(), refusal.param());
        }
    }

    record Results(List<Result> data, long done, long failed) {
        static Results of(List<Result> results) {
            long done = results.stream().filter(Result::ok).count();
            return new Results(results, done, results.size() - done);
        }
    }

    /** Each model has the fields that all share, and its own over them. */
    Results create(Call call) {
        ObjectNode shared = call.read(ObjectNode.class);
        List<ObjectNode> own = own(shared.remove(MODELS));
        List<Result> results = new ArrayList<>();
        for (ObjectNode model : own) {
            results.add(create(call, shared, model));
        }
        return Results.of(results);
    }

    private Result create(Call call, ObjectNode shared, ObjectNode own) {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        shared.properties().forEach(field -> fields.set(field.getKey(), field.getValue()));
        own.properties().forEach(field -> fields.set(field.getKey(), field.getValue()));
        String modelId = fields.path("model_id").asString("");
        if (!fields.has("name")) {
            fields.put("name", modelId);
        }
        if (!fields.has("type")) {
            fields.put("type", ModelType.TEXT.code());
        }
        try {
            ModelView created = models.create(call, Fields.of(fields));
            return new Result(Optional.of(created.id()), Optional.of(created.modelId()), true, Optional.empty());
        } catch (Refusal refusal) {
            return new Result(Optional.empty(), Optional.of(modelId), false, Optional.of(Fault.of(refusal)));
        }
    }

    private static List<ObjectNode> own(@Nullable JsonNode listed) {
        if (listed == null) {
            throw Refusal.badRequest("missing_parameter", "'models' is missing.", MODELS);
        }
        if (!listed.isArray() || !listed.valueStream().allMatch(JsonNode::isObject)) {
            throw Refusal.badRequest("invalid_type", "'models' must be a list of objects.", MODELS);
        }
        if (listed.isEmpty() || listed.size() > MOST) {
            throw Refusal.badRequest("invalid_length", "'models' must have 1 to " + MOST + " items.", MODELS);
        }
        return listed.valueStream().map(ObjectNode.class::cast).toList();
    }

    /** Switches on, switches off or deletes. */
    Results switchAll(Call call) {
        Fields in = Fields.of(call).require("ids", "status");
        List<String> ids = in.lines("ids", MOST, 64, Optional.empty())
                .filter(given -> !given.isEmpty())
                .orElseThrow(
                        () -> Refusal.badRequest("invalid_length", "'ids' must have 1 to " + MOST + " items.", "ids"));
        String status = in.choice("status", List.of("enabled", "disabled", "inactive", DELETED), "");
        in.refuseOthers();
        return Results.of(
                ids.stream().map(text -> switchOne(call, text, status)).toList());
    }

    private Result switchOne(Call call, String text, String status) {
        try {
            UUID id = Models.id(text);
            if (status.equals(DELETED)) {
                models.delete(call, id);
            } else {
                models.switchTo(call, id, status);
            }
            return new Result(Optional.of(id), Optional.empty(), true, Optional.empty());
        } catch (Refusal refusal) {
            Optional<UUID> id =
                    refusal.code().equals(Models.unknown().code()) ? Optional.empty() : Optional.of(Models.id(text));
            return new Result(id, Optional.empty(), false, Optional.of(Fault.of(refusal)));
        }
    }
}
