package dev.jarvis.control.model;

import dev.jarvis.platform.http.Refusal;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a provider wants its key: {@code api_key} and {@code bearer} (both {@code Authorization: Bearer}),
 * {@code header:<name>}, {@code query:<name>} or {@code none}.
 */
final class AuthType {
    static final String NONE = "none";

    private static final Set<String> SIMPLE = Set.of("api_key", "bearer", NONE);
    private static final Pattern NAMED = Pattern.compile("(header|query):([A-Za-z0-9][A-Za-z0-9_-]{0,63})");

    /** Headers that frame the message or belong to the connection: a key in one of them would break the request. */
    private static final Set<String> NOT_FOR_KEYS = Set.of(
            "accept",
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "x-request-id");

    private AuthType() {}

    /** @throws Refusal 400 {@code invalid_auth_type} */
    static String check(String text) {
        if (SIMPLE.contains(text)) {
            return text;
        }
        Matcher named = NAMED.matcher(text);
        if (!named.matches()) {
            throw invalid("must be api_key, bearer, header:<name>, query:<name> or none");
        }
        if (named.group(1).equals("header")
                && NOT_FOR_KEYS.contains(named.group(2).toLowerCase(Locale.ROOT))) {
            throw invalid("names a header that cannot carry a key");
        }
        return text;
    }

    private static Refusal invalid(String what) {
        return Refusal.badRequest("invalid_auth_type", "'auth_type' " + what + ".", "auth_type");
    }
}
