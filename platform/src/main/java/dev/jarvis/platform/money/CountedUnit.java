package dev.jarvis.platform.money;

import java.util.Optional;

/** What is charged by the piece rather than by the token. */
public enum CountedUnit implements Billable {
    REQUESTS("requests"),
    IMAGES("images"),
    SECONDS("seconds"),
    SEARCHES("searches");

    private final String code;

    CountedUnit(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }

    public static Optional<CountedUnit> of(String code) {
        for (CountedUnit unit : values()) {
            if (unit.code.equals(code)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }
}
