package dev.jarvis.control.usage;

import dev.jarvis.platform.http.Refusal;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a report can be grouped by. */
enum Dimension {
    DAY("day"),
    HOUR("hour"),
    MODEL("model"),
    USER("user"),
    TEAM("team"),
    KEY("key"),
    PROVIDER("provider"),
    PROVIDER_KEY("provider_key");

    /** What people may ask of their own usage; the rest is the operator's business. */
    static final Set<Dimension> OWN = EnumSet.of(DAY, HOUR, MODEL, KEY);

    static final Set<Dimension> ALL = EnumSet.allOf(Dimension.class);

    private final String code;

    Dimension(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    boolean isTime() {
        return this == DAY || this == HOUR;
    }

    /**
     * Reads a list with commas between its items.
     *
     * @throws Refusal 400 {@code invalid_parameter} for what cannot be grouped by, a repetition, or both day and hour
     */
    static Set<Dimension> read(String text, Set<Dimension> allowed) {
        Set<Dimension> chosen = EnumSet.noneOf(Dimension.class);
        for (String word : text.split(",", -1)) {
            Dimension dimension = allowed.stream()
                    .filter(known -> known.code.equals(word))
                    .findFirst()
                    .orElseThrow(() -> invalid("must be a list of: " + names(allowed)));
            if (!chosen.add(dimension)) {
                throw invalid("names '" + dimension.code + "' twice");
            }
        }
        if (chosen.contains(DAY) && chosen.contains(HOUR)) {
            throw invalid("takes day or hour, not both");
        }
        return chosen;
    }

    private static String names(Set<Dimension> allowed) {
        List<String> names = Arrays.stream(values())
                .filter(allowed::contains)
                .map(Dimension::code)
                .toList();
        return String.join(", ", names);
    }

    private static Refusal invalid(String what) {
        return Refusal.badRequest("invalid_parameter", "'group_by' " + what + ".", "group_by");
    }
}
