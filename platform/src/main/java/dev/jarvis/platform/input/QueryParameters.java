package dev.jarvis.platform.input;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The query of a request. Parameters that the route does not know, and ones that are given twice, are refused; an empty
 * value counts as absent, because forms send those.
 */
public final class QueryParameters {
    private static final int MAX_LENGTH = 1_000;

    private final Call call;

    /** @throws Refusal 400 {@code unknown_parameter} if the query has others than these */
    public QueryParameters(Call call, Set<String> known) {
        this.call = call;
        for (String name : call.query().names()) {
            if (!known.contains(name)) {
                throw Refusal.badRequest(
                        "unknown_parameter",
                        "Unknown query parameter. Known are: "
                                + String.join(", ", known.stream().sorted().toList()) + ".",
                        name.length() > 64 ? null : name);
            }
        }
    }

    /** @throws Refusal 400 {@code unknown_parameter} if there is any query */
    public static void none(Call call) {
        if (!call.query().isEmpty()) {
            throw Refusal.badRequest("unknown_parameter", "This route takes no query parameters.", null);
        }
    }

    /** One line of text of at most 1,000 characters. */
    public Optional<String> text(String name) {
        return call.queryParameter(name)
                .filter(value -> !value.isEmpty())
                .map(QueryParameters::asUtf8)
                .map(value -> PlainText.line(value, MAX_LENGTH, name));
    }

    /** One of a few words. */
    public Optional<String> choice(String name, List<String> words) {
        Optional<String> word = text(name);
        if (word.isPresent() && !words.contains(word.get())) {
            throw invalid(name, "must be one of " + String.join(", ", words));
        }
        return word;
    }

    /** Some of a few words, with commas between them; none if the parameter is absent. */
    public List<String> choices(String name, List<String> words) {
        List<String> chosen = text(name).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .distinct()
                .toList();
        if (!words.containsAll(chosen)) {
            throw invalid(name, "must be some of " + String.join(", ", words) + ", with commas between them");
        }
        return chosen;
    }

    public int integer(String name, int least, int most, int otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("[0-9]{1,9}")
                || Integer.parseInt(text.get()) < least
                || Integer.parseInt(text.get()) > most) {
            throw invalid(name, "must be a whole number from " + least + " to " + most);
        }
        return Integer.parseInt(text.get());
    }

    /** A time with its offset, like {@code 2026-01-31T00:00:00Z}. Refuses others with {@code invalid_range}. */
    public Optional<Instant> instant(String name) {
        return text(name)
                .map(text -> Times.parse(text)
                        .orElseThrow(() -> Refusal.badRequest(
                                "invalid_range", "'" + name + "' must be " + Times.FORM + ".", name)));
    }

    public Optional<UUID> id(String name) {
        return text(name).map(text -> {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw invalid(name, "must be an id");
            }
        });
    }

    private static Refusal invalid(String name, String what) {
        return Refusal.badRequest("invalid_parameter", "'" + name + "' " + what + ".", name);
    }

    /**
     * Clients such as curl send {@code type=生文} as bare UTF-8, without percent signs, and the decoder makes one
     * character of each byte. Text that is all such bytes and is valid UTF-8 was meant as UTF-8.
     */
    private static String asUtf8(String value) {
        if (value.chars().allMatch(c -> c < 0x80) || value.chars().anyMatch(c -> c > 0xff)) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }
}
