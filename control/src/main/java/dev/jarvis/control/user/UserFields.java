package dev.jarvis.control.user;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.input.Fields;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The fields of a user that can be chosen. A login takes either name, so no user name may look like an e-mail address:
 * only addresses have an {@code @}.
 */
public record UserFields(String username, String email, String role, String status, UUID teamId) {
    static final List<String> ROLES = List.of("admin", "user");
    static final List<String> STATUSES = List.of("enabled", "disabled");

    private static final UserFields DEFAULT = new UserFields("", "", "user", "enabled", Identity.DEFAULT_TEAM);
    private static final int MAX_USERNAME = 64;
    private static final int MAX_EMAIL = 254;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,189}");

    /** Spaces within are fine; at the ends they, and anywhere the invisible, make two names that look like one. */
    private static final Pattern USERNAME = Pattern.compile("[^@\\s\\p{Cf}]([^@\\p{Cf}]*[^@\\s\\p{Cf}])?");

    /** A new user's. Role and status may be left out. */
    static UserFields ofNew(Fields in) {
        return read(in.require("username", "email"), DEFAULT);
    }

    /** A user's after a change: what is absent stays. */
    static UserFields ofChanged(Fields in, User user) {
        return read(in, new UserFields(user.username(), user.email(), user.role(), user.status(), user.teamId()));
    }

    /** The first administrator's, from {@code username} and {@code email}. Refuses with 400. */
    public static UserFields ofAdministrator(Fields in) {
        in.require("username", "email");
        return checked(
                in.line("username", MAX_USERNAME, ""),
                in.line("email", MAX_EMAIL, ""),
                User.ADMIN,
                User.ENABLED,
                Identity.DEFAULT_TEAM);
    }

    /** The first administrator's, from the settings. Refuses with 400. */
    public static UserFields ofAdministrator(String username, String email) {
        return checked(username, email, User.ADMIN, User.ENABLED, Identity.DEFAULT_TEAM);
    }

    private static UserFields read(Fields in, UserFields otherwise) {
        return checked(
                in.line("username", MAX_USERNAME, otherwise.username()),
                in.line("email", MAX_EMAIL, otherwise.email()),
                in.choice("role", ROLES, otherwise.role()),
                in.choice("status", STATUSES, otherwise.status()),
                in.id("team_id", Optional.of(otherwise.teamId())).orElse(Identity.DEFAULT_TEAM));
    }

    private static UserFields checked(String username, String email, String role, String status, UUID teamId) {
        if (!USERNAME.matcher(username).matches()) {
            throw Refusal.badRequest(
                    "invalid_characters",
                    "'username' must have no '@', no invisible characters and no spaces at its ends.",
                    "username");
        }
        if (!EMAIL.matcher(email).matches() || email.length() > MAX_EMAIL) {
            throw Refusal.badRequest("invalid_email", "'email' must look like name@host.", "email");
        }
        return new UserFields(username, email, role, status, teamId);
    }
}
