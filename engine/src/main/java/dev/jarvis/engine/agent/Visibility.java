package dev.jarvis.engine.agent;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Who may use an agent besides its owner and administrators. */
public enum Visibility {
    OWN,
    /** Whoever calls for the team that the owner called for when it was shared. */
    TEAM,
    ALL;

    static final List<String> CODES = Stream.of(values()).map(Visibility::code).toList();

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Visibility of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
