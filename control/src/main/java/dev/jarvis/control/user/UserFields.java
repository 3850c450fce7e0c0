package dev.jarvis.control.user;

import dev.jarvis.control.request.Fields;
import dev.jarvis.platform.http.Refusal;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The fields of a user that can be chosen. A login takes either name, so no user name may look like an e-mail address:
 * only addresses have an {@code @}.
 */
public record UserFields(String username, String email, String role, String status) {
    private static final int MAX_USERNAME = 64;
    private static final int MAX_EMAIL = 254;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,189}");

    /** Refuses with 400 what a user cannot be called. */
    static UserFields of(String username, String email, String role, String status) {
        Fields.label(username, "username", MAX_USERNAME);
        if (username.indexOf('@') >= 0) {
            throw Refusal.badRequest("invalid_characters", "'username' must not contain '@'.", "username");
        }
        Fields.label(email, "email", MAX_EMAIL);
        if (!EMAIL.matcher(email).matches()) {
            throw Refusal.badRequest("invalid_email", "'email' must look like name@host.", "email");
        }
        return new UserFields(
                username,
                email,
                Fields.oneOf(role, "role", List.of("admin", "user")),
                Fields.oneOf(status, "status", List.of("enabled", "disabled")));
    }

    /** The first administrator. */
    static UserFields administrator(String username, String email) {
        return of(username, email, User.ADMIN, User.ENABLED);
    }
}
