package dev.jarvis.control.user;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.identity.OpaqueToken;
import dev.jarvis.platform.vault.Secret;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Links by which a person chooses their own password, so that no administrator ever knows one. Each works once. */
public final class Invitations {
    private static final String PREFIX = "inv-jv-";

    /** What a link is for, and how long it lasts. */
    public enum Purpose {
        /** The first password of a new user. */
        INVITATION(Duration.ofDays(7)),
        /** Another one, where the old one is lost or known to others. */
        PASSWORD_RESET(Duration.ofDays(1));

        private final Duration lasts;

        Purpose(Duration lasts) {
            this.lasts = lasts;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A link, at the only moment when its token is known.
     *
     * @param path of the console's page for it
     */
    public record Issued(String token, String path, String purpose, Instant expiresAt) {
        @Override
        public String toString() {
            return "Issued[" + purpose + "]";
        }
    }

    /** Whom a link is for. */
    public record Invited(
            UUID userId, String username, String email, String role, String status, String purpose, Instant expiresAt) {
        public boolean isEnabled() {
            return status.equals(User.ENABLED);
        }
    }

    private Invitations() {}

    /** A new link, which takes the place of the one before. */
    static Issued issue(Handle handle, UUID user, Purpose purpose) {
        Secret token = OpaqueToken.generate(PREFIX);
        Instant expiresAt = handle.createQuery("""
                        INSERT INTO invitations (user_id, token_hash, purpose, expires_at)
                        VALUES (:user, :hash, :purpose, now() + make_interval(secs => :seconds))
                        ON CONFLICT (user_id) DO UPDATE
                        SET token_hash = excluded.token_hash, purpose = excluded.purpose, created_at = now(),
                            expires_at = excluded.expires_at
                        RETURNING expires_at
                        """)
                .bind("user", user)
                .bind("hash", OpaqueToken.hash(token.reveal()))
                .bind("purpose", purpose.code())
                .bind("seconds", purpose.lasts.toSeconds())
                .mapTo(Instant.class)
                .one();
        return new Issued(token.reveal(), "/invitation/" + token.reveal(), purpose.code(), expiresAt);
    }

    /** Whom a link is for; empty if it does not work, or no longer. */
    public static Optional<Invited> find(Handle handle, String token) {
        return handle.createQuery("""
                        SELECT u.id AS user_id, u.username, u.email, u.role, u.status, i.purpose, i.expires_at
                        FROM invitations i JOIN users u ON u.id = i.user_id
                        WHERE i.token_hash = :hash AND i.expires_at > now()
                        """)
                .bind("hash", OpaqueToken.hash(token))
                .map(ConstructorMapper.of(Invited.class))
                .findOne();
    }

    /**
     * Uses a link up: its user has the password from now on.
     *
     * @throws Refusal 404 {@code invitation_not_found} if somebody else just did
     */
    public static void accept(Handle handle, String token, Invited invited, String passwordHash) {
        int used = handle.createUpdate("DELETE FROM invitations WHERE token_hash = :hash AND expires_at > now()")
                .bind("hash", OpaqueToken.hash(token))
                .execute();
        if (used == 0) {
            throw notFound();
        }
        handle.createUpdate("""
                        UPDATE users SET password_hash = :hash, updated_at = now(), last_login_at = now()
                        WHERE id = :id
                        """)
                .bind("hash", passwordHash)
                .bind("id", invited.userId())
                .execute();
    }

    /** Of a user whose password an administrator has set: nothing is left to choose. */
    static void withdraw(Handle handle, UUID user) {
        handle.createUpdate("DELETE FROM invitations WHERE user_id = :user")
                .bind("user", user)
                .execute();
    }

    public static Refusal notFound() {
        return Refusal.notFound(
                "invitation_not_found", "This link does not work, or no longer. Ask an administrator for a new one.");
    }
}
