package dev.jarvis.platform.identity;

/** What a person may do: administrators run the service, users use models. */
public enum Role {
    ADMIN,
    USER;

    /** The name in tokens, tables and APIs. */
    public String code() {
        return this == ADMIN ? "admin" : "user";
    }

    /** @throws IllegalArgumentException if there is no such role */
    public static Role of(String code) {
        return switch (code) {
            case "admin" -> ADMIN;
            case "user" -> USER;
            default -> throw new IllegalArgumentException("no such role");
        };
    }
}
