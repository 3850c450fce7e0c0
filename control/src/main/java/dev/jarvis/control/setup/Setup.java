package dev.jarvis.control.setup;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Origin;
import dev.jarvis.control.audit.Target;
import dev.jarvis.control.login.LoginAnswer;
import dev.jarvis.control.login.Logins;
import dev.jarvis.control.password.PasswordRule;
import dev.jarvis.control.password.Passwords;
import dev.jarvis.control.session.Session;
import dev.jarvis.control.user.User;
import dev.jarvis.control.user.UserFields;
import dev.jarvis.control.user.Users;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.identity.AccessTokens;
import dev.jarvis.platform.vault.Secret;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.util.Optional;

/** Creates the first administrator, once, whoever asks first. */
public final class Setup {
    private static final String ACTION = "setup";
    private static final String DEFAULT_USERNAME = "admin";

    private record Created(User user, Session session) {}

    private final Jdbi jdbi;
    private final AccessTokens accessTokens;
    private final Passwords passwords;
    private final Logins logins;
    private final Audit audit;

    public Setup(Jdbi jdbi, AccessTokens accessTokens, Passwords passwords, Logins logins, Audit audit) {
        this.jdbi = jdbi;
        this.accessTokens = accessTokens;
        this.passwords = passwords;
        this.logins = logins;
        this.audit = audit;
    }

    /** Whether there is no user yet. */
    public boolean isNeeded() {
        return jdbi.withHandle(Users::isEmpty);
    }

    /**
     * Creates the administrator that the settings name, unless there is a user already. The user name is {@code admin}.
     *
     * @return whether one was created
     * @throws Refusal if the e-mail address or the password is not acceptable; its message says why
     */
    public boolean createFromSettings(String email, Secret password) {
        UserFields fields = UserFields.ofAdministrator(DEFAULT_USERNAME, email);
        String chosen = PasswordRule.choose(password.reveal(), "password");
        if (!isNeeded()) {
            return false;
        }
        String hash = passwords.hash(chosen);
        return jdbi.inTransaction(handle -> {
            lock(handle);
            if (!Users.isEmpty(handle)) {
                return false;
            }
            User user = create(handle, fields, hash);
            audit.record(handle, Origin.ofServer(), ACTION, Target.of("user", user.id()), null, user);
            return true;
        });
    }

    /** @throws Refusal 409 {@code already_set_up}, 401 {@code invalid_setup_token} */
    LoginAnswer create(Call call, String token, UserFields fields, String password) {
        // Before the costly hash; decided again under the lock.
        Optional<Refusal> refusal = jdbi.withHandle(handle -> refusal(handle, token));
        if (refusal.isPresent()) {
            audit.recordRefused(Origin.of(call), ACTION, null, refusal.get().code());
            throw refusal.get();
        }
        accessTokens.prepare();
        String hash = passwords.hash(password);
        Created created = jdbi.inTransaction(handle -> {
            lock(handle);
            refusal(handle, token).ifPresent(late -> {
                throw late;
            });
            User user = create(handle, fields, hash);
            Session session = logins.begin(handle, call, user.id(), user.username(), ACTION);
            return new Created(user, session);
        });
        User user = created.user();
        return logins.answer(
                created.session(), new LoginAnswer.Who(user.id(), user.username(), user.email(), user.role()));
    }

    private static User create(Handle handle, UserFields fields, String hash) {
        SetupTokens.deleteAll(handle);
        return Users.insert(handle, fields, hash);
    }

    private static Optional<Refusal> refusal(Handle handle, String token) {
        if (!Users.isEmpty(handle)) {
            return Optional.of(Refusal.conflict(
                    "already_set_up", "There is an administrator already. Ask them for an account.", null));
        }
        return SetupTokens.isValid(handle, token)
                ? Optional.empty()
                : Optional.of(Refusal.unauthenticated(
                        "invalid_setup_token", "The setup token is wrong. The server's log of its last start has it."));
    }

    private static void lock(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtext('setup'))");
    }
}
