package dev.jarvis.control.login;

import dev.jarvis.platform.identity.Identity;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Who the caller is, and with what.
 *
 * @param credential {@code session} or {@code caller_key}
 * @param allowedModels what the caller key is limited to; {@code null}: no limit
 * @param expiresAt of the credential; {@code null}: never
 */
record Me(
        UUID id,
        String username,
        String email,
        String role,
        String credential,
        @Nullable UUID callerKeyId,
        @Nullable List<String> allowedModels,
        @Nullable Instant expiresAt) {

    static Me of(Identity caller, Account account) {
        return new Me(
                account.id(),
                account.username(),
                account.email(),
                account.role(),
                caller.callerKeyId().isPresent() ? "caller_key" : "session",
                caller.callerKeyId().orElse(null),
                caller.allowedModels()
                        .map(models -> models.stream().sorted().toList())
                        .orElse(null),
                caller.expiresAt().equals(Instant.MAX) ? null : caller.expiresAt());
    }
}
