package dev.jarvis.control.session;

import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.identity.OpaqueToken;
import dev.jarvis.platform.vault.Secret;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Starts, continues and ends sessions, each within the caller's transaction. All time is the database's. */
public final class Sessions {
    private static final String PREFIX = "rt-jv-";
    private static final int MAX_CLIENT = 200;

    /** A session's row, locked: the uses of a family's tokens happen one after the other. */
    public record Family(UUID id, UUID userId, Instant expiresAt, boolean ended, boolean expired) {}

    /** A refresh token's row. */
    public record Token(boolean used, boolean expired) {}

    private final SessionLimits limits;

    public Sessions(SessionLimits limits) {
        this.limits = limits;
    }

    /**
     * A new session. Also clears away the user's expired ones.
     *
     * @param client what the client calls itself, if it does
     */
    public Session start(Handle handle, UUID userId, @Nullable String client) {
        handle.createUpdate("DELETE FROM sessions WHERE user_id = :user AND expires_at < now()")
                .bind("user", userId)
                .execute();
        UUID id = Uuid7.next();
        Instant endsAt = handle.createQuery("""
                        INSERT INTO sessions (id, user_id, expires_at, client)
                        VALUES (:id, :user, now() + make_interval(secs => :seconds), :client)
                        RETURNING expires_at
                        """)
                .bind("id", id)
                .bind("user", userId)
                .bind("seconds", limits.absolute().toSeconds())
                .bind("client", plain(client))
                .mapTo(Instant.class)
                .one();
        return withToken(handle, id, userId, endsAt);
    }

    /** Uses a refresh token: it is replaced, or refused for a reason. Commit the transaction in every case. */
    public Rotation rotate(Handle handle, String refreshToken) {
        byte[] hash = OpaqueToken.hash(refreshToken);
        Optional<Family> locked = handle.createQuery("""
                        SELECT id, user_id, expires_at, ended_at IS NOT NULL AS ended, expires_at <= now() AS expired
                        FROM sessions
                        WHERE id = (SELECT session_id FROM refresh_tokens WHERE token_hash = :hash)
                        FOR UPDATE
                        """)
                .bind("hash", hash)
                .map(ConstructorMapper.of(Family.class))
                .findOne();
        if (locked.isEmpty()) {
            return new Rotation.Unknown();
        }
        Family family = locked.get();
        if (family.ended()) {
            return new Rotation.Ended();
        }
        // A statement of its own: only one begun after the lock was had sees what the last holder of it did.
        Token token = handle.createQuery("""
                        SELECT used_at IS NOT NULL AS used, expires_at <= now() AS expired
                        FROM refresh_tokens WHERE token_hash = :hash
                        """)
                .bind("hash", hash)
                .map(ConstructorMapper.of(Token.class))
                .one();
        if (token.used()) {
            end(handle, family.id(), EndedWhy.REUSE);
            return new Rotation.Reused(family.id(), family.userId());
        }
        if (token.expired() || family.expired()) {
            return new Rotation.Expired();
        }
        handle.createUpdate("UPDATE refresh_tokens SET used_at = now() WHERE token_hash = :hash")
                .bind("hash", hash)
                .execute();
        handle.createUpdate("UPDATE sessions SET last_used_at = now() WHERE id = :id")
                .bind("id", family.id())
                .execute();
        return new Rotation.Rotated(withToken(handle, family.id(), family.userId(), family.expiresAt()));
    }

    /** Ends one session. Answers whether it was alive. */
    public boolean end(Handle handle, UUID session, EndedWhy why) {
        return handle.createUpdate("""
                        UPDATE sessions SET ended_at = now(), ended_why = :why WHERE id = :id AND ended_at IS NULL
                        """)
                        .bind("id", session)
                        .bind("why", why.code())
                        .execute()
                > 0;
    }

    /**
     * Ends a user's sessions.
     *
     * @param except the one to keep, if any
     */
    public void endAll(Handle handle, UUID userId, EndedWhy why, Optional<UUID> except) {
        handle.createUpdate("""
                        UPDATE sessions SET ended_at = now(), ended_why = :why
                        WHERE user_id = :user AND ended_at IS NULL AND id IS DISTINCT FROM CAST(:except AS uuid)
                        """)
                .bind("user", userId)
                .bind("why", why.code())
                .bind("except", except.orElse(null))
                .execute();
    }

    private Session withToken(Handle handle, UUID session, UUID userId, Instant endsAt) {
        Secret token = OpaqueToken.generate(PREFIX);
        Instant expiresAt = handle.createQuery("""
                        INSERT INTO refresh_tokens (token_hash, session_id, expires_at)
                        SELECT :hash, id, least(expires_at, now() + make_interval(secs => :seconds))
                        FROM sessions WHERE id = :session
                        RETURNING expires_at
                        """)
                .bind("hash", OpaqueToken.hash(token.reveal()))
                .bind("session", session)
                .bind("seconds", limits.idle().toSeconds())
                .mapTo(Instant.class)
                .one();
        return new Session(session, userId, token, expiresAt, endsAt);
    }

    private static @Nullable String plain(@Nullable String client) {
        if (client == null) {
            return null;
        }
        String plain = client.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.substring(0, Math.min(plain.length(), MAX_CLIENT));
    }
}
