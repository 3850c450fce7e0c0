package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonFault;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.gateway.dialect.bytes.Slice;

import java.util.Optional;

/**
 * What a provider says went wrong, in whichever of the usual shapes. For classification: the message may echo what
 * was sent and is neither logged nor shown as ours.
 *
 * @param type OpenAI's {@code error.type}, or Google's {@code status}; empty where not given
 * @param code {@code error.code} as text, also where it is a number; empty where not given
 * @param message at most 2,000 characters; empty where not given
 */
public record ProviderError(String type, String code, String message) {
    /** Certainly an error, and nothing said of it. */
    public static final ProviderError UNKNOWN = new ProviderError("", "", "");

    private static final int LONGEST = 2_000;

    /**
     * Reads an error answer's body, or an event's data: {@code {"error":{…}}}, {@code {"error":"text"}}, the fields
     * themselves at the top (Mistral, vLLM), {@code {"detail":"text"}} (FastAPI), or any of these in an array (Gemini).
     * Empty where it is no JSON or says nothing of an error.
     */
    public static Optional<ProviderError> read(Slice json) {
        Reading reading = new Reading(JsonCursor.lenient().reset(json));
        try {
            reading.readTop();
        } catch (JsonFault malformed) {
            return Optional.empty();
        }
        ProviderError error = new ProviderError(reading.type, reading.code, reading.message);
        return error.equals(UNKNOWN) ? Optional.empty() : Optional.of(error);
    }

    /** Never the message: it may hold what a client sent. */
    @Override
    public String toString() {
        return "ProviderError[type=" + type + ", code=" + code + "]";
    }

    private static final class Reading {
        private final JsonCursor json;
        private String type = "";
        private String code = "";
        private String message = "";

        Reading(JsonCursor json) {
            this.json = json;
        }

        void readTop() {
            if (json.kind() == JsonKind.ARRAY) {
                json.beginArray();
                if (!json.nextElement()) {
                    return;
                }
            }
            readObject(true);
        }

        private void readObject(boolean top) {
            json.beginObject();
            while (json.nextMember()) {
                switch (json.key()) {
                    case "error" -> readError(top);
                    case "type", "status" -> type = longer(type, textOrNothing());
                    case "code" -> code = scalar();
                    case "message", "detail" -> message = longer(message, scalar());
                    default -> json.skipValue();
                }
            }
        }

        private void readError(boolean top) {
            if (top && json.kind() == JsonKind.OBJECT) {
                readObject(false);
            } else {
                message = longer(message, scalar());
            }
        }

        /** Google gives both a numeric code's status and, in other versions, a type: whichever says something. */
        private static String longer(String known, String found) {
            return found.length() > known.length() ? found : known;
        }

        private String scalar() {
            if (json.kind() != JsonKind.NUMBER) {
                return textOrNothing();
            }
            json.skipValue();
            return shortened(json.literal());
        }

        private String textOrNothing() {
            if (json.kind() != JsonKind.STRING) {
                json.skipValue();
                return "";
            }
            json.readString();
            return shortened(json.text());
        }

        private static String shortened(String text) {
            return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        }
    }
}
