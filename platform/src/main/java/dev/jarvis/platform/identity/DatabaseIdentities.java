package dev.jarvis.platform.identity;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Identities as the database has them now. Caller keys are looked up by the hash of the whole key; access tokens by
 * their session once the signature holds. Status and role are the user's at this moment, whatever the credential says.
 */
public final class DatabaseIdentities implements Identities {
    private static final String FIND_KEY = """
            SELECT k.id, k.allowed_models, k.expires_at, k.revoked_at IS NOT NULL AS revoked,
                   k.expires_at <= now() AS expired,
                   k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute' AS unmarked,
                   u.id AS user_id, u.username, u.role, u.status, coalesce(k.team_id, u.team_id) AS team_id
            FROM caller_keys k JOIN users u ON u.id = k.user_id
            WHERE k.key_hash = :hash
            """;

    private static final String FIND_KEY_BY_ID = """
            SELECT k.id, k.allowed_models, k.expires_at, k.revoked_at IS NOT NULL AS revoked,
                   k.expires_at <= now() AS expired,
                   k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute' AS unmarked,
                   u.id AS user_id, u.username, u.role, u.status, coalesce(k.team_id, u.team_id) AS team_id
            FROM caller_keys k JOIN users u ON u.id = k.user_id
            WHERE k.id = :id AND k.user_id = :user
            """;

    private static final String FIND_SESSION = """
            SELECT s.ended_at IS NOT NULL AS ended, s.expires_at <= now() AS expired,
                   u.id AS user_id, u.username, u.role, u.status, u.team_id
            FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.id = :session AND s.user_id = :user
            """;

    /** To the minute is enough, and spares a write per look-up. */
    private static final String MARK_USED = "UPDATE caller_keys SET last_used_at = now() WHERE id = :id";

    private final Jdbi jdbi;
    private final AccessTokens accessTokens;
    private final boolean forModels;

    private DatabaseIdentities(Jdbi jdbi, AccessTokens accessTokens, boolean forModels) {
        this.jdbi = jdbi;
        this.accessTokens = accessTokens;
        this.forModels = forModels;
    }

    /** Of people and their keys. A delegated token is nobody's here. */
    public DatabaseIdentities(Jdbi jdbi, AccessTokens accessTokens) {
        this(jdbi, accessTokens, false);
    }

    /** Where models are called: delegated tokens count too. */
    public static DatabaseIdentities forModels(Jdbi jdbi, AccessTokens accessTokens) {
        return new DatabaseIdentities(jdbi, accessTokens, true);
    }

    @Override
    public IdentityCheck check(Credential credential) {
        return switch (credential) {
            case Credential.Missing missing -> new IdentityCheck.Unknown();
            case Credential.Malformed malformed -> new IdentityCheck.Unknown();
            case Credential.CallerKey key -> jdbi.withHandle(handle -> checkKey(handle, key.value()));
            case Credential.AccessToken token -> checkToken(token.value());
        };
    }

    private IdentityCheck checkToken(String token) {
        return switch (accessTokens.verify(token)) {
            case TokenCheck.Invalid invalid -> new IdentityCheck.Unknown();
            case TokenCheck.Expired expired -> new IdentityCheck.Expired();
            case TokenCheck.Valid(AccessTokenClaims claims) ->
                jdbi.withHandle(handle -> handle.createQuery(FIND_SESSION)
                        .bind("session", claims.sessionId())
                        .bind("user", claims.userId())
                        .map((row, context) -> ofSession(row, claims))
                        .findOne()
                        .orElseGet(IdentityCheck.Unknown::new));
            case TokenCheck.Delegated delegated -> forModels ? checkDelegated(delegated) : new IdentityCheck.Unknown();
        };
    }

    private IdentityCheck checkDelegated(TokenCheck.Delegated token) {
        IdentityCheck check = jdbi.withHandle(handle -> token.sessionId().isPresent()
                ? handle.createQuery(FIND_SESSION)
                        .bind("session", token.sessionId().get())
                        .bind("user", token.userId())
                        .map((row, context) -> ofSession(
                                row,
                                new AccessTokenClaims(
                                        token.userId(), token.sessionId().get(), token.expiresAt())))
                        .findOne()
                        .orElseGet(IdentityCheck.Unknown::new)
                : handle.createQuery(FIND_KEY_BY_ID)
                        .bind("id", token.callerKeyId().orElseThrow())
                        .bind("user", token.userId())
                        .map((row, context) -> ofKey(handle, row))
                        .findOne()
                        .orElseGet(IdentityCheck.Unknown::new));
        return check instanceof IdentityCheck.Admitted(Identity identity)
                ? new IdentityCheck.Admitted(identity.within(token.models(), token.expiresAt()))
                : check;
    }

    private static IdentityCheck checkKey(Handle handle, String key) {
        return handle.createQuery(FIND_KEY)
                .bind("hash", OpaqueToken.hash(key))
                .map((row, context) -> ofKey(handle, row))
                .findOne()
                .orElseGet(IdentityCheck.Unknown::new);
    }

    private static IdentityCheck ofSession(ResultSet row, AccessTokenClaims claims) throws SQLException {
        if (row.getBoolean("ended") || isDisabled(row)) {
            return new IdentityCheck.Blocked();
        }
        if (row.getBoolean("expired")) {
            return new IdentityCheck.Expired();
        }
        return new IdentityCheck.Admitted(
                identity(row, Optional.empty(), Optional.of(claims.sessionId()), Optional.empty(), claims.expiresAt()));
    }

    private static IdentityCheck ofKey(Handle handle, ResultSet row) throws SQLException {
        if (row.getBoolean("revoked") || isDisabled(row)) {
            return new IdentityCheck.Blocked();
        }
        if (row.getBoolean("expired")) {
            return new IdentityCheck.Expired();
        }
        UUID id = row.getObject("id", UUID.class);
        OffsetDateTime expiresAt = row.getObject("expires_at", OffsetDateTime.class);
        IdentityCheck admitted = new IdentityCheck.Admitted(identity(
                row,
                Optional.of(id),
                Optional.empty(),
                models(row.getArray("allowed_models")),
                expiresAt == null ? Instant.MAX : expiresAt.toInstant()));
        if (row.getBoolean("unmarked")) {
            handle.createUpdate(MARK_USED).bind("id", id).execute();
        }
        return admitted;
    }

    private static boolean isDisabled(ResultSet row) throws SQLException {
        return !row.getString("status").equals("enabled");
    }

    private static Identity identity(
            ResultSet row,
            Optional<UUID> callerKey,
            Optional<UUID> session,
            Optional<Set<String>> allowedModels,
            Instant expiresAt)
            throws SQLException {
        UUID team = row.getObject("team_id", UUID.class);
        return new Identity(
                row.getObject("user_id", UUID.class),
                row.getString("username"),
                Role.of(row.getString("role")),
                team == null ? Identity.DEFAULT_TEAM : team,
                callerKey,
                session,
                allowedModels,
                expiresAt);
    }

    private static Optional<Set<String>> models(@Nullable Array models) throws SQLException {
        return models == null
                ? Optional.empty()
                : Optional.of(Arrays.stream((String[]) models.getArray()).collect(Collectors.toUnmodifiableSet()));
    }
}
