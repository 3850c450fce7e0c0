package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.platform.http.Refusal;

import java.math.BigDecimal;
import java.util.OptionalLong;

/** Reads single values and refuses those of the wrong type or size. Numbers are compared as they are written. */
final class ParameterCheck {
    private final JsonCursor json;

    ParameterCheck(JsonCursor json) {
        this.json = json;
    }

    boolean truth(String param) {
        JsonKind kind = json.kind();
        json.skipValue();
        if (!kind.isBoolean()) {
            throw wrongType(param, "true or false");
        }
        return kind == JsonKind.TRUE;
    }

    String text(String param) {
        if (json.kind() != JsonKind.STRING) {
            throw wrongType(param, "a string");
        }
        json.readString();
        return json.text();
    }

    void anyNumber(String param) {
        JsonKind kind = json.kind();
        json.skipValue();
        if (kind != JsonKind.NUMBER) {
            throw wrongType(param, "a number");
        }
    }

    void number(String param, int least, int most) {
        anyNumber(param);
        if (!isWithin(json.literal(), least, most)) {
            throw outOfRange(param, least, most);
        }
    }

    private static boolean isWithin(String literal, int least, int most) {
        try {
            BigDecimal value = new BigDecimal(literal);
            return value.compareTo(BigDecimal.valueOf(least)) >= 0 && value.compareTo(BigDecimal.valueOf(most)) <= 0;
        } catch (NumberFormatException beyondAnyExponent) {
            return false;
        }
    }

    long integer(String param, long least, long most) {
        JsonKind kind = json.kind();
        json.skipValue();
        if (kind != JsonKind.NUMBER || isFraction()) {
            throw wrongType(param, "a whole number");
        }
        OptionalLong value = json.integer();
        if (value.isEmpty() || value.getAsLong() < least || value.getAsLong() > most) {
            throw outOfRange(param, least, most);
        }
        return value.getAsLong();
    }

    /** As written: 1.0 and 1e0 are no whole numbers to strict providers. */
    private boolean isFraction() {
        String literal = json.literal();
        return literal.indexOf('.') >= 0 || literal.indexOf('e') >= 0 || literal.indexOf('E') >= 0;
    }

    static Refusal wrongType(String param, String expected) {
        return Refusal.badRequest("invalid_type", "'" + param + "' must be " + expected + ".", param);
    }

    private static Refusal outOfRange(String param, long least, long most) {
        return Refusal.badRequest(
                "out_of_range", "'" + param + "' must be between " + least + " and " + most + ".", param);
    }
}
