package dev.jarvis.control.budget;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a budget is for. */
enum Scope {
    ORGANISATION,
    TEAM,
    USER,
    CALLER_KEY,
    MODEL;

    static final List<String> CODES = Arrays.stream(values()).map(Scope::code).toList();

    /** The name in the database and in APIs. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Scope of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
