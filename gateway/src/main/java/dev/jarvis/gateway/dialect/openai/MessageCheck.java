package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.gateway.dialect.bytes.Name;
import dev.jarvis.platform.http.Refusal;

import java.util.Set;

/**
 * Checks the outline of the messages: who speaks, and that a user says something. What is inside content parts, and
 * whether tool messages answer a call, is the provider's to judge: their rules differ.
 */
final class MessageCheck {
    private static final int MOST = 10_000;
    private static final Name ROLE = Name.of("role");
    private static final Name CONTENT = Name.of("content");
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

    private MessageCheck() {}

    static Refusal missing() {
        return invalid("'messages' must be an array with at least one message.", "messages");
    }

    /** Reads the array and returns how many messages it has. */
    static int read(JsonCursor json) {
        if (json.kind() != JsonKind.ARRAY) {
            throw missing();
        }
        int count = 0;
        json.beginArray();
        while (json.nextElement()) {
            if (count == MOST) {
                throw invalid("'messages' has more than 10,000 messages.", "messages");
            }
            readMessage(json, count++);
        }
        if (count == 0) {
            throw missing();
        }
        return count;
    }

    private static void readMessage(JsonCursor json, int index) {
        if (json.kind() != JsonKind.OBJECT) {
            throw invalid("A message must be an object.", "messages[" + index + "]");
        }
        String role = "";
        JsonKind content = JsonKind.NULL;
        json.beginObject();
        while (json.nextMember()) {
            if (json.keyIs(ROLE)) {
                role = readRole(json, index);
            } else {
                if (json.keyIs(CONTENT)) {
                    content = json.kind();
                }
                json.skipValue();
            }
        }
        check(role, content, index);
    }

    private static String readRole(JsonCursor json, int index) {
        if (json.kind() != JsonKind.STRING) {
            throw badRole(index);
        }
        json.readString();
        return json.text();
    }

    private static void check(String role, JsonKind content, int index) {
        if (!ROLES.contains(role)) {
            throw badRole(index);
        }
        boolean mayBeEmpty = !role.equals("user");
        if (content != JsonKind.STRING && content != JsonKind.ARRAY && !(mayBeEmpty && content == JsonKind.NULL)) {
            throw invalid(
                    "A message's content must be a string or an array of content parts.",
                    "messages[" + index + "].content");
        }
    }

    private static Refusal badRole(int index) {
        return invalid(
                "A message's role must be system, developer, user, assistant, tool or function.",
                "messages[" + index + "].role");
    }

    private static Refusal invalid(String message, String param) {
        return Refusal.badRequest("invalid_messages", message, param);
    }
}
