package dev.jarvis.gateway.catalog;

/** How a provider wants its key. */
public sealed interface AuthScheme {
    /** {@code Authorization: Bearer <key>}: {@code api_key} and {@code bearer} of the description. */
    record Bearer() implements AuthScheme {}

    /** A header of the provider's own, for example {@code api-key}. */
    record Header(String name) implements AuthScheme {}

    /** A query parameter; the URL with the key in it is never logged. */
    record Query(String name) implements AuthScheme {}

    record None() implements AuthScheme {}

    /**
     * Reads {@code api_key}, {@code bearer}, {@code header:<name>}, {@code query:<name>} or {@code none}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static AuthScheme of(String authType) {
        return switch (authType) {
            case "api_key", "bearer" -> new Bearer();
            case "none" -> new None();
            case String header
            when header.startsWith("header:") && header.length() > 7 -> new Header(header.substring(7));
            case String query when query.startsWith("query:") && query.length() > 6 -> new Query(query.substring(6));
            default -> throw new IllegalArgumentException("no such auth_type: " + authType);
        };
    }
}
