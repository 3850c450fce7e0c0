package dev.jarvis.benchmarks.wire;

import java.nio.charset.StandardCharsets;

/**
 * What a request wants back from the mock upstream, written into its first message as {@code [[burst 100]]}.
 *
 * @param kind the form of the answer
 * @param tokens how many content chunks a stream has; 0 for a JSON answer
 */
public record Wish(Kind kind, int tokens) {

    /** The forms of an answer. */
    public enum Kind {
        /** One JSON body. */
        JSON,
        /** Server-sent events, all at once. */
        BURST,
        /** Server-sent events, 20 a second. */
        PACED
    }

    /** One plain JSON answer. */
    public static final Wish JSON_ANSWER = new Wish(Kind.JSON, 0);

    /** The wish as it stands in the message. */
    public String text() {
        return switch (kind) {
            case JSON -> "[[json]]";
            case BURST -> "[[burst " + tokens + "]]";
            case PACED -> "[[paced " + tokens + "]]";
        };
    }

    /** Finds the wish in the beginning of a request body; a body without one gets JSON. */
    public static Wish in(byte[] beginning, int length) {
        String text = new String(beginning, 0, length, StandardCharsets.ISO_8859_1);
        int start = text.indexOf("[[");
        int end = text.indexOf("]]", start + 2);
        if (start < 0 || end < 0) {
            return JSON_ANSWER;
        }
        String inner = text.substring(start + 2, end);
        if (inner.startsWith("burst ")) {
            return new Wish(Kind.BURST, Integer.parseInt(inner.substring(6)));
        }
        if (inner.startsWith("paced ")) {
            return new Wish(Kind.PACED, Integer.parseInt(inner.substring(6)));
        }
        return JSON_ANSWER;
    }
}
