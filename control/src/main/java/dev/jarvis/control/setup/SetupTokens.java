package dev.jarvis.control.setup;

import dev.jarvis.control.user.Users;
import dev.jarvis.platform.identity.OpaqueToken;
import dev.jarvis.platform.vault.Secret;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.util.Optional;

/** One-time tokens for the setup. Each node that starts makes its own; all are gone once a user exists. */
public final class SetupTokens {
    private static final String PREFIX = "setup-";

    private final Jdbi jdbi;

    public SetupTokens(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * At a start: a new token to show in the log, or empty when there is a user already. Tokens of starts more than a day
     * ago are dropped, so that an old log lets nobody in.
     */
    public Optional<Secret> prepare() {
        return jdbi.inTransaction(handle -> {
            if (!Users.isEmpty(handle)) {
                deleteAll(handle);
                return Optional.empty();
            }
            handle.execute("DELETE FROM setup_tokens WHERE created_at < now() - interval '1 day'");
            Secret token = OpaqueToken.generate(PREFIX);
            handle.createUpdate("INSERT INTO setup_tokens (token_hash) VALUES (:hash)")
                    .bind("hash", OpaqueToken.hash(token.reveal()))
                    .execute();
            return Optional.of(token);
        });
    }

    static boolean isValid(Handle handle, String token) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM setup_tokens WHERE token_hash = :hash)")
                .bind("hash", OpaqueToken.hash(token))
                .mapTo(Boolean.class)
                .one();
    }

    static void deleteAll(Handle handle) {
        handle.execute("DELETE FROM setup_tokens");
    }
}
