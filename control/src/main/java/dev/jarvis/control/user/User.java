package dev.jarvis.control.user;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A user as administrators and the audit log see one; the password hash is not part of it.
 *
 * @param role {@code admin} or {@code user}
 * @param status {@code enabled} or {@code disabled}
 * @param teamId the team that the user's calls count for, unless a caller key names another
 * @param invitedUntil when the link ends by which the user is yet to choose a password; empty: there is none
 */
public record User(
        UUID id,
        String username,
        String email,
        String role,
        String status,
        UUID teamId,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastLoginAt,
        @Nullable Instant invitedUntil) {
    static final String ADMIN = "admin";
    static final String ENABLED = "enabled";

    boolean isWorkingAdministrator() {
        return role.equals(ADMIN) && status.equals(ENABLED);
    }
}
