package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.platform.http.Refusal;

/** Checks the labels that clients attach: they end in logs and reports of providers, so they are small and one line. */
final class MetadataCheck {
    private static final int MOST_PAIRS = 64;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_VALUE = 1_024;

    private MetadataCheck() {}

    static void readUser(JsonCursor json) {
        if (json.kind() != JsonKind.STRING) {
            throw ParameterCheck.wrongType("user", "a string");
        }
        json.readString();
        checkText(json.text(), LONGEST_VALUE, "user");
    }

    static void readMetadata(JsonCursor json) {
        if (json.kind() != JsonKind.OBJECT) {
            throw invalid("'metadata' must be an object.", "metadata");
        }
        int pairs = 0;
        json.beginObject();
        while (json.nextMember()) {
            if (++pairs > MOST_PAIRS) {
                throw invalid("'metadata' has more than 64 pairs.", "metadata");
            }
            checkText(json.key(), LONGEST_KEY, "metadata");
            readValue(json);
        }
    }

    private static void readValue(JsonCursor json) {
        if (json.kind() == JsonKind.STRING) {
            json.readString();
            checkText(json.text(), LONGEST_VALUE, "metadata");
            return;
        }
        json.skipValue();
        if (json.valueEnd() - json.valueStart() > LONGEST_VALUE) {
            throw tooLong(LONGEST_VALUE, "metadata");
        }
    }

    private static void checkText(String text, int longest, String param) {
        if (text.length() > longest) {
            throw tooLong(longest, param);
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw invalid("'" + param + "' must not contain line breaks or other control characters.", param);
        }
    }

    private static Refusal tooLong(int longest, String param) {
        return invalid("'" + param + "' has a text of more than " + longest + " characters.", param);
    }

    private static Refusal invalid(String message, String param) {
        return Refusal.badRequest("invalid_metadata", message, param);
    }
}
