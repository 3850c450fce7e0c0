package dev.jarvis.platform.identity;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * The credential of a request, taken from its headers and not yet checked.
 *
 * <p>One request carries one credential: {@code Authorization: Bearer …} or {@code x-api-key}. Both may be present only
 * if they are the same (Claude Code sends either or both).
 */
public sealed interface Credential {
    /** No credential header at all. */
    record Missing() implements Credential {}

    /** Not of a form we issue, or two different ones. */
    record Malformed() implements Credential {}

    /** A JSON Web Token, by its form. */
    record AccessToken(String value) implements Credential {
        @Override
        public String toString() {
            return "AccessToken[***]";
        }
    }

    /** A caller key, by its {@code sk-jv-} prefix. */
    record CallerKey(String value) implements Credential {
        @Override
        public String toString() {
            return "CallerKey[***]";
        }
    }

    int MAX_LENGTH = 8 * 1024;
    String CALLER_KEY_PREFIX = "sk-jv-";

    /** Reads the two headers that may carry a credential; {@code null} where a header is absent. */
    static Credential read(@Nullable String authorization, @Nullable String apiKey) {
        if (authorization == null && apiKey == null) {
            return new Missing();
        }
        Optional<String> bearer = Optional.empty();
        if (authorization != null) {
            if (authorization.length() < 8 || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
                return new Malformed();
            }
            bearer = Optional.of(authorization.substring(7));
        }
        if (apiKey != null && bearer.isPresent() && !bearer.get().equals(apiKey)) {
            return new Malformed();
        }
        return ofValue(bearer.orElse(apiKey));
    }

    private static Credential ofValue(@Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > MAX_LENGTH || !isTokenText(value)) {
            return new Malformed();
        }
        if (value.startsWith(CALLER_KEY_PREFIX)) {
            return new CallerKey(value);
        }
        return value.indexOf('.') > 0 ? new AccessToken(value) : new Malformed();
    }

    private static boolean isTokenText(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '_'
                    || c == '.';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}
