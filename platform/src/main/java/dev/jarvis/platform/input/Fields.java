package dev.jarvis.platform.input;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * The fields of a JSON object, for requests in which an absent field means "as it was" and an explicit null means
 * "none". Each reader takes what holds when the field is absent. Not thread-safe.
 *
 * <p>Readers throw {@link Refusal} 400 with the field as param: {@code missing_parameter}, {@code invalid_type},
 * {@code invalid_length}, {@code invalid_characters}, {@code out_of_range}.
 */
public final class Fields {
    private static final int MAX_DECIMAL_LENGTH = 40;

    private final ObjectNode object;
    private final String path;
    private final Set<String> known = new HashSet<>();

    private Fields(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** The body of a request, which must be an object. */
    public static Fields of(Call call) {
        return new Fields(call.read(ObjectNode.class), "");
    }

    /** An object that came otherwise, for example as a line of a file. */
    public static Fields of(ObjectNode object) {
        return new Fields(object, "");
    }

    /** Refuses a request that lacks one of the fields. */
    public Fields require(String... names) {
        for (String name : names) {
            if (!object.has(name)) {
                throw Refusal.badRequest("missing_parameter", "'" + param(name) + "' is missing.", param(name));
            }
        }
        return this;
    }

    public boolean has(String name) {
        known.add(name);
        return object.has(name);
    }

    /** One line of text. */
    public String line(String name, int most, String otherwise) {
        return has(name) ? PlainText.line(string(name), most, param(name)) : otherwise;
    }

    /** One line of text, or none. */
    public Optional<String> optionalLine(String name, int most, Optional<String> otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        return isNull(name) ? Optional.empty() : Optional.of(PlainText.line(string(name), most, param(name)));
    }

    /** Text of any number of lines; null is the empty text. */
    public String paragraph(String name, int most, String otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        return isNull(name) ? "" : PlainText.paragraph(string(name), most, param(name));
    }

    /** A list of different lines of text, or none. */
    public Optional<List<String>> lines(String name, int mostItems, int most, Optional<List<String>> otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (isNull(name)) {
            return Optional.empty();
        }
        JsonNode value = value(name);
        if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isString)) {
            throw wrongType(name, "a list of text");
        }
        if (value.size() > mostItems) {
            throw Refusal.badRequest(
                    "invalid_length", "'" + param(name) + "' has more than " + mostItems + " items.", param(name));
        }
        List<String> lines = value.valueStream()
                .map(item -> PlainText.line(item.stringValue(), most, param(name)))
                .distinct()
                .toList();
        if (lines.size() < value.size()) {
            throw Refusal.badRequest("invalid_value", "'" + param(name) + "' has an item twice.", param(name));
        }
        return Optional.of(lines);
    }

    /** A time with its offset, like {@code 2026-01-31T00:00:00Z}, before the year 10000; or none. */
    public Optional<Instant> instant(String name, Optional<Instant> otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        return isNull(name)
                ? Optional.empty()
                : Optional.of(Times.parse(string(name)).orElseThrow(() -> wrongType(name, Times.FORM)));
    }

    /** The text of a field that its reader checks by rules of its own. */
    public Optional<String> string(String name, int most) {
        if (!has(name)) {
            return Optional.empty();
        }
        String text = string(name);
        if (text.length() > most) {
            throw Refusal.badRequest(
                    "invalid_length",
                    "'" + param(name) + "' must be at most " + most + " characters long.",
                    param(name));
        }
        return Optional.of(text);
    }

    /** One of a few words. */
    public String choice(String name, List<String> words, String otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        String word = string(name);
        if (!words.contains(word)) {
            throw Refusal.badRequest(
                    "invalid_value",
                    "'" + param(name) + "' must be one of " + String.join(", ", words) + ".",
                    param(name));
        }
        return word;
    }

    public boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = value(name);
        if (!value.isBoolean()) {
            throw wrongType(name, "true or false");
        }
        return value.booleanValue();
    }

    public int integer(String name, int least, int most, int otherwise) {
        return has(name) ? integer(name, least, most) : otherwise;
    }

    /** A number above zero, or none. */
    public OptionalInt positive(String name, OptionalInt otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        return isNull(name) ? OptionalInt.empty() : OptionalInt.of(integer(name, 1, Integer.MAX_VALUE));
    }

    /** An exact decimal number, as a JSON number or as a string of digits; or none. */
    public Optional<BigDecimal> decimal(String name, Optional<BigDecimal> otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = value(name);
        if (value.isNull()) {
            return Optional.empty();
        }
        if (value.isNumber()) {
            return Optional.of(value.decimalValue());
        }
        String text = value.isString() ? value.stringValue() : "";
        if (text.length() > MAX_DECIMAL_LENGTH || !text.matches("-?[0-9]+(\\.[0-9]+)?")) {
            throw wrongType(name, "a decimal number");
        }
        return Optional.of(new BigDecimal(text));
    }

    public Optional<UUID> id(String name) {
        return string(name, 64).map(text -> {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw wrongType(name, "an id");
            }
        });
    }

    /** An id, or none. */
    public Optional<UUID> id(String name, Optional<UUID> otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        return isNull(name) ? Optional.empty() : id(name);
    }

    /** An object within; empty if the field is absent. */
    public Optional<Fields> object(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (!(value(name) instanceof ObjectNode fields)) {
            throw wrongType(name, "an object");
        }
        return Optional.of(new Fields(fields, param(name) + "."));
    }

    /** A list of objects; empty if the field is absent. */
    public Optional<List<Fields>> objects(String name, int most) {
        if (!has(name)) {
            return Optional.empty();
        }
        JsonNode value = value(name);
        if (!value.isArray()) {
            throw wrongType(name, "a list");
        }
        if (value.size() > most) {
            throw Refusal.badRequest(
                    "invalid_length", "'" + param(name) + "' has more than " + most + " items.", param(name));
        }
        List<Fields> items = new ArrayList<>();
        for (JsonNode item : value) {
            String place = name + "[" + items.size() + "]";
            if (!(item instanceof ObjectNode fields)) {
                throw wrongType(place, "an object");
            }
            items.add(new Fields(fields, param(place) + "."));
        }
        return Optional.of(items);
    }

    /** Refuses fields that no reader asked for: 400 {@code unknown_parameter}. */
    public void refuseOthers() {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw Refusal.badRequest(
                        "unknown_parameter",
                        "Unknown field '" + shown(name) + "'. Remove it, or check its spelling.",
                        shown(name));
            }
        }
    }

    /** The field's name with the way to it: {@code api_keys[0].key}. */
    public String param(String name) {
        return path + name;
    }

    private String shown(String name) {
        return param(name.length() > 64 ? name.substring(0, 64) + "…" : name);
    }

    private int integer(String name, int least, int most) {
        JsonNode value = value(name);
        if (!value.isIntegralNumber()) {
            throw wrongType(name, "a whole number");
        }
        if (!value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
            throw Refusal.badRequest(
                    "out_of_range", "'" + param(name) + "' must be from " + least + " to " + most + ".", param(name));
        }
        return value.intValue();
    }

    private String string(String name) {
        JsonNode value = value(name);
        if (!value.isString()) {
            throw wrongType(name, "text");
        }
        return value.stringValue();
    }

    private boolean isNull(String name) {
        return value(name).isNull();
    }

    private JsonNode value(String name) {
        @Nullable JsonNode value = object.get(name);
        if (value == null) {
            throw new IllegalStateException(name + " is read without being there");
        }
        return value;
    }

    private Refusal wrongType(String name, String wanted) {
        return Refusal.badRequest("invalid_type", "'" + param(name) + "' must be " + wanted + ".", param(name));
    }
}
