package dev.jarvis.control.login;

import dev.jarvis.platform.identity.Identity;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Who the caller is, and with what.
 *
 * @param team the one that calls with this credential count for
 * @param teams all that the user is in, the names in order
 * @param credential {@code session} or {@code caller_key}
 * @param allowedModels what the caller key is limited to; {@code null}: no limit
 * @param expiresAt of the credential; {@code null}: never
 */
record Me(
        UUID id,
        String username,
        String email,
        String role,
        Membership team,
        List<Membership> teams,
        String credential,
        @Nullable UUID callerKeyId,
        @Nullable List<String> allowedModels,
        @Nullable Instant expiresAt) {

    /** @param teams what {@link Membership#of} found */
    static Me of(Identity caller, Account account, List<Membership> teams) {
        return new Me(
                account.id(),
                account.username(),
                account.email(),
                account.role(),
                teams.stream()
                        .filter(team -> team.id().equals(caller.teamId()))
                        .findFirst()
                        .orElseGet(() -> new Membership(caller.teamId(), "default", "member")),
                teams,
                caller.callerKeyId().isPresent() ? "caller_key" : "session",
                caller.callerKeyId().orElse(null),
                caller.allowedModels()
                        .map(models -> models.stream().sorted().toList())
                        .orElse(null),
                caller.expiresAt().equals(Instant.MAX) ? null : caller.expiresAt());
    }
}
