package dev.jarvis.engine.run;

import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How much of a conversation a run sends. Tokens are estimated, as no model's tokenizer is known here: three bytes of UTF-8
 * to a token are on the safe side for English and about right for Chinese.
 */
final class Window {
    private static final int BYTES_A_TOKEN = 3;

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

    private static long estimate(ObjectNode message) {
        int bytes = message.path("content").toString().getBytes(StandardCharsets.UTF_8).length;
        return AROUND + (bytes + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN;
    }
}
