package dev.jarvis.control.user;

import dev.jarvis.control.password.PasswordRule;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** A change to a user. What is absent or null stays as it is. */
record UserChange(
        @Nullable String username,
        @Nullable String email,
        @Nullable String password,
        @Nullable String role,
        @Nullable String status) {

    /** What the user's fields become, checked. */
    UserFields appliedTo(User user) {
        return UserFields.of(
                username == null ? user.username() : username,
                email == null ? user.email() : email,
                role == null ? user.role() : role,
                status == null ? user.status() : status);
    }

    Optional<String> checkedPassword() {
        return Optional.ofNullable(password).map(chosen -> PasswordRule.choose(chosen, "password"));
    }

    @Override
    public String toString() {
        return "UserChange[username=" + username + "]";
    }
}
