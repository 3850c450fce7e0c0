package dev.jarvis.control.login;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Origin;
import dev.jarvis.control.audit.Target;
import dev.jarvis.control.password.Passwords;
import dev.jarvis.control.session.EndedWhy;
import dev.jarvis.control.session.Rotation;
import dev.jarvis.control.session.Session;
import dev.jarvis.control.session.Sessions;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.identity.AccessTokens;
import dev.jarvis.platform.identity.Role;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Starts, continues and ends logins. */
public final class Logins {
    private static final String ACTION = "login";

    private final Jdbi jdbi;
    private final AccessTokens accessTokens;
    private final Passwords passwords;
    private final Sessions sessions;
    private final LoginThrottle throttle;
    private final Audit audit;

    public Logins(
            Jdbi jdbi,
            AccessTokens accessTokens,
            Passwords passwords,
            Sessions sessions,
            LoginThrottle throttle,
            Audit audit) {
        this.jdbi = jdbi;
        this.accessTokens = accessTokens;
        this.passwords = passwords;
        this.sessions = sessions;
        this.throttle = throttle;
        this.audit = audit;
    }

    /**
     * @param name user name or e-mail address
     * @throws Refusal 401 {@code invalid_login}, 403 {@code user_disabled}, 429 {@code too_many_attempts}
     */
    LoginAnswer login(Call call, String name, String password) {
        accessTokens.prepare();
        Optional<Account> found = jdbi.withHandle(handle -> Account.named(handle, name));
        // The name of nobody is not recorded: people type passwords into the wrong field.
        Origin origin = found.map(account -> Origin.of(call).claiming(account.username()))
                .orElseGet(() -> Origin.of(call));
        String throttled = found.map(account -> account.id().toString()).orElseGet(() -> name.toLowerCase(Locale.ROOT));
        admit(throttled, call, origin);
        boolean right =
                passwords.matches(password, found.map(Account::passwordHash).orElse(null));
        if (!right || found.isEmpty()) {
            audit.recordRefused(origin, ACTION, null, found.isEmpty() ? "unknown_user" : "wrong_password");
            throw invalidLogin();
        }
        throttle.succeeded(throttled, call.remoteAddress());
        Account account = found.get();
        if (!account.isEnabled()) {
            audit.recordRefused(origin, ACTION, Target.of("user", account.id()), "user_disabled");
            throw Refusal.forbidden("user_disabled", "This account is disabled. Ask an administrator to enable it.");
        }
        Session session = jdbi.inTransaction(handle -> {
            if (!markLogin(handle, account)) {
                throw invalidLogin();
            }
            return begin(handle, call, account.id(), account.username(), ACTION);
        });
        return answer(session, account);
    }

    /**
     * Goes on with a session: a new access token and the refresh token's successor.
     *
     * @throws Refusal 401 {@code invalid_refresh_token}, {@code refresh_token_reused}, {@code session_expired},
     *     {@code session_ended}
     */
    LoginAnswer refresh(Call call, String refreshToken) {
        accessTokens.prepare();
        return switch (jdbi.inTransaction(handle -> sessions.rotate(handle, refreshToken))) {
            case Rotation.Rotated(Session session) -> answer(session, enabled(session.userId()));
            case Rotation.Reused(UUID session, UUID user) -> {
                Origin origin = jdbi.withHandle(handle -> Account.of(handle, user))
                        .map(account -> Origin.of(call).claiming(account.username()))
                        .orElseGet(() -> Origin.of(call));
                audit.recordRefused(origin, "session.refresh", Target.of("session", session), "refresh_token_reused");
                throw Refusal.unauthenticated(
                        "refresh_token_reused",
                        "This refresh token was used before, so its session has been ended. Log in again.");
            }
            case Rotation.Expired() ->
                throw Refusal.unauthenticated("session_expired", "The session has expired. Log in again.");
            case Rotation.Ended() -> throw sessionEnded();
            case Rotation.Unknown() ->
                throw Refusal.unauthenticated("invalid_refresh_token", "The refresh token is not valid. Log in again.");
        };
    }

    /** Ends the session that the request was made with. A caller key has none, and is revoked instead. */
    void logout(Call call) {
        UUID session = call.caller()
                .sessionId()
                .orElseThrow(() -> Refusal.badRequest(
                        "no_session", "A caller key has no session to end. Delete the key to end its use.", null));
        jdbi.useTransaction(handle -> {
            if (sessions.end(handle, session, EndedWhy.LOGOUT)) {
                audit.record(handle, call, "logout", Target.of("session", session), null, null);
            }
        });
    }

    /**
     * Starts a session for a user who has just proved who they are, and records it, in the caller's transaction.
     *
     * @param action as recorded
     */
    public Session begin(Handle handle, Call call, UUID userId, String username, String action) {
        Session session = sessions.start(handle, userId, call.headers().get("user-agent"));
        audit.record(
                handle,
                Origin.of(call).by(userId, username),
                action,
                Target.of("user", userId),
                null,
                new Begun(session.id()));
        return session;
    }

    /** The tokens of a session that was begun, after its commit. */
    public LoginAnswer answer(Session session, LoginAnswer.Who user) {
        AccessTokens.Issued access =
                accessTokens.issue(user.id(), session.id(), Role.of(user.role()), session.endsAt());
        return LoginAnswer.of(access, session, user, Instant.now());
    }

    /** What the audit log keeps of a new session. */
    private record Begun(UUID sessionId) {}

    private LoginAnswer answer(Session session, Account account) {
        return answer(session, new LoginAnswer.Who(account.id(), account.username(), account.email(), account.role()));
    }

    private void admit(String account, Call call, Origin origin) {
        if (throttle.begin(account, call.remoteAddress()) instanceof LoginThrottle.Admission.TooMany tooMany) {
            if (tooMany.first()) {
                audit.recordRefused(origin, ACTION, null, "too_many_attempts");
            }
            throw TooManyAttempts.refusal(tooMany.retryAfter());
        }
    }

    private Account enabled(UUID userId) {
        return jdbi.withHandle(handle -> Account.of(handle, userId))
                .filter(Account::isEnabled)
                .orElseThrow(Logins::sessionEnded);
    }

    /** Whether the account is still as it was when its password was compared. */
    private static boolean markLogin(Handle handle, Account account) {
        return handle.createUpdate("""
                        UPDATE users SET last_login_at = now()
                        WHERE id = :id AND status = 'enabled' AND password_hash = :passwordHash
                        """)
                        .bind("id", account.id())
                        .bind("passwordHash", account.passwordHash())
                        .execute()
                == 1;
    }

    private static Refusal invalidLogin() {
        return Refusal.unauthenticated("invalid_login", "The name or the password is wrong.");
    }

    private static Refusal sessionEnded() {
        return Refusal.unauthenticated("session_ended", "The session was ended. Log in again.");
    }
}
