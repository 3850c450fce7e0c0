package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.platform.http.Refusal;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads the members of a chat request. A parameter that is null counts as absent, as OpenAI's own clients send it.
 * Ranges are OpenAI's; parameters without a row here are the provider's to judge.
 */
final class TopLevel {
    private static final long MOST_TOKENS = 1_000_000_000;

    private final JsonCursor json;
    private final ParameterCheck check;
    private final ToolCheck tools;
    private final StreamOptions options;

    private @Nullable String model;
    private int modelStart;
    private int modelEnd;
    private boolean stream;
    private int streamEnd;
    private OptionalLong maxTokens = OptionalLong.empty();
    private OptionalLong maxCompletionTokens = OptionalLong.empty();
    private int choices = 1;
    private @Nullable String serviceTier;
    private int messages = -1;
    private int start;
    private final Map<String, CapEdit.Place> nullCaps = new HashMap<>(0);

    TopLevel(JsonCursor json) {
        this.json = json;
        this.check = new ParameterCheck(json);
        this.tools = new ToolCheck(json);
        this.options = new StreamOptions(json);
    }

    void read() {
        json.beginObject();
        start = json.position();
        while (json.nextMember()) {
            String key = json.key();
            if (json.kind() == JsonKind.NULL && !key.equals("messages")) {
                readNull(key);
            } else {
                readMember(key);
            }
        }
    }

    private void readNull(String key) {
        json.skipValue();
        switch (key) {
            case "stream_options" -> options.readNull();
            case CapEdit.MAX_TOKENS, CapEdit.MAX_COMPLETION_TOKENS ->
                nullCaps.put(key, new CapEdit.Place(json.valueStart(), json.valueEnd()));
            case "model" -> throw missingModel();
            default -> ModelLookalike.refuse(key);
        }
    }

    private void readMember(String key) {
        switch (key) {
            case "model" -> readModel();
            case "messages" -> messages = MessageCheck.read(json);
            case "stream" -> {
                stream = check.truth(key);
                streamEnd = json.valueEnd();
            }
            case "stream_options" -> options.read();
            case "max_tokens" -> maxTokens = OptionalLong.of(check.integer(key, 1, MOST_TOKENS));
            case "max_completion_tokens" -> maxCompletionTokens = OptionalLong.of(check.integer(key, 1, MOST_TOKENS));
            case "n" -> choices = (int) check.integer(key, 1, 128);
            case "temperature" -> check.number(key, 0, 2);
            case "top_p" -> check.number(key, 0, 1);
            case "frequency_penalty", "presence_penalty" -> check.number(key, -2, 2);
            case "seed" -> check.anyNumber(key);
            case "tools" -> tools.readTools();
            case "tool_choice" -> tools.readChoice();
            case "metadata" -> MetadataCheck.readMetadata(json);
            case "user" -> MetadataCheck.readUser(json);
            case "service_tier" -> serviceTier = check.text(key);
            default -> {
                ModelLookalike.refuse(key);
                UnpricedFeature.check(key, json);
            }
        }
    }

    private void readModel() {
        if (json.kind() != JsonKind.STRING) {
            json.skipValue();
            throw ParameterCheck.wrongType("model", "a string");
        }
        json.readString();
        modelStart = json.valueStart();
        modelEnd = json.valueEnd();
        model = json.text();
    }

    /** What can be judged only when all is read. */
    void check() {
        if (model().isEmpty()) {
            throw missingModel();
        }
        if (messages < 0) {
            throw MessageCheck.missing();
        }
        if (maxTokens.isPresent() && maxCompletionTokens.isPresent() && !maxTokens.equals(maxCompletionTokens)) {
            throw Refusal.badRequest(
                    "conflicting_parameters",
                    "'max_tokens' and 'max_completion_tokens' differ. Send only 'max_completion_tokens'.",
                    "max_tokens");
        }
        options.check(stream);
        tools.check();
    }

    private static Refusal missingModel() {
        return Refusal.badRequest("missing_parameter", "Say which model to use in 'model'.", "model");
    }

    String model() {
        return model == null ? "" : model;
    }

    int modelStart() {
        return modelStart;
    }

    int modelEnd() {
        return modelEnd;
    }

    boolean isStream() {
        return stream;
    }

    boolean wantsUsage() {
        return stream && options.includesUsage();
    }

    ChatRequest.@Nullable Edit usageEdit() {
        return stream ? options.edit(streamEnd) : null;
    }

    OptionalLong maxTokens() {
        return maxCompletionTokens.isPresent() ? maxCompletionTokens : maxTokens;
    }

    /** Where a limit can be written that the request does not have. */
    CapEdit capEdit() {
        return new CapEdit(start, Map.copyOf(nullCaps));
    }

    int choices() {
        return choices;
    }

    @Nullable
    String serviceTier() {
        return serviceTier;
    }

    int messages() {
        return messages;
    }
}
