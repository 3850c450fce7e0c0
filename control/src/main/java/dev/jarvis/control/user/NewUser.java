package dev.jarvis.control.user;

import dev.jarvis.control.password.PasswordRule;
import dev.jarvis.control.request.Fields;
import org.jspecify.annotations.Nullable;

/** What it takes to create a user. Role and status may be left out: an enabled user. */
record NewUser(
        @Nullable String username,
        @Nullable String email,
        @Nullable String password,
        @Nullable String role,
        @Nullable String status) {

    /** The user's own fields, checked. */
    UserFields fields() {
        return UserFields.of(
                Fields.required(username, "username"),
                Fields.required(email, "email"),
                role == null ? "user" : role,
                status == null ? User.ENABLED : status);
    }

    String checkedPassword() {
        return PasswordRule.choose(Fields.required(password, "password"), "password");
    }

    @Override
    public String toString() {
        return "NewUser[username=" + username + "]";
    }
}
