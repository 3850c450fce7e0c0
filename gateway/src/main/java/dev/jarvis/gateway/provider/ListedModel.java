package dev.jarvis.gateway.provider;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One entry of a provider's own list of models. OpenAI's list has names only; others say more, each in its own words
 * (OpenRouter, Together, Mistral, Groq, vLLM, Moonshot).
 *
 * @param id the provider's name of it
 * @param kind what the provider calls its type, or lists among its outputs; empty where it does not
 */
public record ListedModel(
        String id, Optional<String> kind, OptionalInt contextWindow, OptionalInt maxTokens, Optional<Boolean> vision) {
    private static final int LONGEST_ID = 200;

    /** The entries of an answer: under {@code data}, under {@code models}, or the answer itself. */
    public static List<ListedModel> readAll(JsonNode answer) {
        return entries(answer)
                .filter(entry -> !id(entry).isEmpty())
                .map(ListedModel::read)
                .distinct()
                .toList();
    }

    /** Whether an answer can be such a list at all. */
    public static boolean isList(JsonNode answer) {
        return answer.isArray()
                || answer.path("data").isArray()
                || answer.path("models").isArray();
    }

    private static Stream<JsonNode> entries(JsonNode answer) {
        return Stream.of(answer, answer.path("data"), answer.path("models"))
                .filter(JsonNode::isArray)
                .findFirst()
                .stream()
                .flatMap(JsonNode::valueStream);
    }

    private static ListedModel read(JsonNode entry) {
        return new ListedModel(
                id(entry),
                kind(entry),
                number(entry, "context_length", "context_window", "max_context_length", "max_model_len"),
                first(
                        number(entry, "max_completion_tokens", "max_output_tokens"),
                        number(entry.path("top_provider"), "max_completion_tokens")),
                vision(entry));
    }

    /** Google puts {@code models/} before its names in the list, and takes them without. */
    private static String id(JsonNode entry) {
        String id = entry.path("id").asString(entry.path("name").asString(""));
        String plain = id.startsWith("models/") ? id.substring("models/".length()) : id;
        return plain.length() <= LONGEST_ID && plain.codePoints().noneMatch(Character::isISOControl) ? plain : "";
    }

    private static Optional<String> kind(JsonNode entry) {
        Optional<String> output = entry.path("architecture")
                .path("output_modalities")
                .valueStream()
                .map(modality -> modality.asString(""))
                .filter(modality -> !modality.equals("text"))
                .findFirst();
        return output.or(() -> Optional.of(entry.path("type").asString("")).filter(type -> !type.isEmpty()));
    }

    private static Optional<Boolean> vision(JsonNode entry) {
        for (JsonNode said : List.of(
                entry.path("capabilities").path("vision"),
                entry.path("supports_image_in"),
                entry.path("supports_vision"))) {
            if (said.isBoolean()) {
                return Optional.of(said.booleanValue());
            }
        }
        JsonNode inputs = entry.path("architecture").path("input_modalities");
        return inputs.isArray()
                ? Optional.of(inputs.valueStream()
                        .anyMatch(modality -> modality.asString("").equals("image")))
                : Optional.empty();
    }

    private static OptionalInt number(JsonNode entry, String... names) {
        for (String name : names) {
            JsonNode value = entry.path(name);
            if (value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0) {
                return OptionalInt.of(value.intValue());
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt first(OptionalInt one, OptionalInt other) {
        return one.isPresent() ? one : other;
    }
}
