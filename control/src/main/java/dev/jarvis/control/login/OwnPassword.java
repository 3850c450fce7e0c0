package dev.jarvis.control.login;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Origin;
import dev.jarvis.control.audit.Target;
import dev.jarvis.control.password.Passwords;
import dev.jarvis.control.session.EndedWhy;
import dev.jarvis.control.session.Sessions;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.identity.Identity;
import org.jdbi.v3.core.Jdbi;

/** Changes the caller's own password, which ends every other session of theirs. */
public final class OwnPassword {
    private static final String ACTION = "user.password";

    private final Jdbi jdbi;
    private final Passwords passwords;
    private final Sessions sessions;
    private final LoginThrottle throttle;
    private final Audit audit;

    public OwnPassword(Jdbi jdbi, Passwords passwords, Sessions sessions, LoginThrottle throttle, Audit audit) {
        this.jdbi = jdbi;
        this.passwords = passwords;
        this.sessions = sessions;
        this.throttle = throttle;
        this.audit = audit;
    }

    /** @throws Refusal 400 {@code wrong_password}, 429 {@code too_many_attempts} */
    void change(Call call, String current, String chosen) {
        Identity caller = call.caller();
        Target target = Target.of("user", caller.userId());
        String account = caller.userId().toString();
        if (throttle.begin(account, call.remoteAddress()) instanceof LoginThrottle.Admission.TooMany tooMany) {
            throw TooManyAttempts.refusal(tooMany.retryAfter());
        }
        String storedHash = jdbi.withHandle(handle -> Account.of(handle, caller.userId()))
                .map(Account::passwordHash)
                .orElse(null);
        if (storedHash == null || !passwords.matches(current, storedHash)) {
            audit.recordRefused(Origin.of(call), ACTION, target, "wrong_password");
            throw Refusal.badRequest("wrong_password", "'current_password' is not your password.", "current_password");
        }
        throttle.succeeded(account, call.remoteAddress());
        String hash = passwords.hash(chosen);
        jdbi.useTransaction(handle -> {
            int changed = handle.createUpdate("""
                            UPDATE users SET password_hash = :hash, updated_at = now()
                            WHERE id = :id AND password_hash = :storedHash
                            """)
                    .bind("hash", hash)
                    .bind("id", caller.userId())
                    .bind("storedHash", storedHash)
                    .execute();
            if (changed == 0) {
                throw Refusal.conflict("password_changed", "The password was changed by someone else just now.", null);
            }
            sessions.endAll(handle, caller.userId(), EndedWhy.PASSWORD, caller.sessionId());
            audit.record(handle, call, ACTION, target, null, null);
        });
    }
}
