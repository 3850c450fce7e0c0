package dev.jarvis.engine.run;

import dev.jarvis.engine.model.TokenEstimate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/** How much of a conversation a run sends, in estimated tokens. */
final class Window {
    /** Role and separators around each message. */
    private static final int AROUND = 4;

    private Window() {}

    /**
     * The newest messages that fit, beginning with a user's: providers refuse a conversation that begins with an answer. The
     * last message is always kept.
     */
    static List<ObjectNode> newest(List<ObjectNode> history, int tokens) {
        int from = history.size();
        long used = 0;
        while (from > 0) {
            used += estimate(history.get(from - 1));
            if (used > tokens && from < history.size()) {
                break;
            }
            from--;
        }
        while (from < history.size() - 1
                && !history.get(from).path("role").asString().equals("user")) {
            from++;
        }
        return List.copyOf(history.subList(from, history.size()));
    }

    /** The newest that fit, whoever's they are; at least one. */
    static List<ObjectNode> lastThatFit(List<ObjectNode> messages, int tokens) {
        int from = messages.size() - 1;
        long used = estimate(messages.get(from));
        while (from > 0 && used + estimate(messages.get(from - 1)) <= tokens) {
            used += estimate(messages.get(--from));
        }
        return List.copyOf(messages.subList(from, messages.size()));
    }

    static long estimate(List<ObjectNode> messages) {
        return messages.stream().mapToLong(Window::estimate).sum();
    }

    static long estimate(ObjectNode message) {
        JsonNode content = message.path("content");
        return AROUND
                + (content.isArray()
                        ? content.valueStream().mapToLong(Window::estimatePart).sum()
                        : TokenEstimate.of(content.toString()));
    }

    /** An image by what it is to a model, not by its bytes. */
    private static long estimatePart(JsonNode part) {
        return switch (part.path("type").asString("")) {
            case "attachment" -> part.path("tokens").asInt();
            case "image_url" -> TokenEstimate.IMAGE;
            default -> TokenEstimate.of(part.toString());
        };
    }
}
