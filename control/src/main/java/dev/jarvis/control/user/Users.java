package dev.jarvis.control.user;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Origin;
import dev.jarvis.control.audit.Target;
import dev.jarvis.control.password.PasswordRule;
import dev.jarvis.control.password.Passwords;
import dev.jarvis.control.session.EndedWhy;
import dev.jarvis.control.session.Sessions;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.OpaqueToken;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.PathIds;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Creates, changes and deletes users. The last enabled administrator stays one. What takes rights away (a new role, a
 * disabled user, a new password) also ends the user's sessions.
 */
public final class Users {
    /** A user as the audit log keeps one, with the fact of a new password but nothing of it. */
    record Audited(String username, String email, String role, String status, UUID teamId, boolean newPassword) {
        static Audited of(User user, boolean newPassword) {
            return new Audited(user.username(), user.email(), user.role(), user.status(), user.teamId(), newPassword);
        }
    }

    private final Jdbi jdbi;
    private final UserListing listing;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Audit audit;

    public Users(Jdbi jdbi, Passwords passwords, Sessions sessions, Audit audit) {
        this.jdbi = jdbi;
        this.listing = new UserListing(jdbi);
        this.passwords = passwords;
        this.sessions = sessions;
        this.audit = audit;
    }

    /** Whether nobody was ever created, in the transaction of who wants to be the first. */
    public static boolean isEmpty(Handle handle) {
        return UserTable.isEmpty(handle);
    }

    /** Creates a user within a transaction of the caller, who records it. */
    public static User insert(Handle handle, UserFields fields, String passwordHash) {
        return UserTable.insert(handle, Uuid7.next(), fields, passwordHash);
    }

    CreatedUser create(Call call) {
        refuseLimitedKey(call.caller());
        Fields in = Fields.of(call);
        boolean invited = in.flag("invite", false);
        in.require(invited ? new String[] {"username", "email"} : new String[] {"username", "email", "password"});
        UserFields fields = UserFields.ofNew(in);
        Optional<String> password = PasswordRule.chosen(in, "password");
        in.refuseOthers();
        if (invited && password.isPresent()) {
            throw Refusal.badRequest(
                    "invalid_value", "Whoever is invited chooses the password. Leave 'password' out.", "password");
        }
        String hash = passwords.hash(password.orElseGet(Users::nobodysPassword));
        return jdbi.inTransaction(handle -> {
            User user = insert(handle, fields, hash);
            Optional<Invitations.Issued> invitation = invited
                    ? Optional.of(Invitations.issue(handle, user.id(), Invitations.Purpose.INVITATION))
                    : Optional.empty();
            audit.record(handle, call, "user.create", Target.of("user", user.id()), null, Audited.of(user, !invited));
            return new CreatedUser(invited ? UserTable.lock(handle, user.id()).orElseThrow() : user, invitation);
        });
    }

    /**
     * A new link for a user to choose a password by. The old password and every session of theirs end at once: it may be
     * that others have them.
     */
    Invitations.Issued resetPassword(Call call, UUID id) {
        refuseLimitedKey(call.caller());
        if (call.caller().userId().equals(id)) {
            throw Refusal.conflict("own_password", "Change your own password with POST /api/v1/auth/password.", null);
        }
        String hash = passwords.hash(nobodysPassword());
        return jdbi.inTransaction(handle -> {
            User before = UserTable.lock(handle, id).orElseThrow(() -> PathIds.notFound("user"));
            UserTable.setPassword(handle, id, hash);
            sessions.endAll(handle, id, EndedWhy.PASSWORD, Optional.empty());
            Invitations.Purpose purpose =
                    before.lastLoginAt() == null ? Invitations.Purpose.INVITATION : Invitations.Purpose.PASSWORD_RESET;
            Invitations.Issued issued = Invitations.issue(handle, id, purpose);
            audit.record(
                    handle,
                    call,
                    "user.password_reset",
                    Target.of("user", id),
                    Audited.of(before, false),
                    Audited.of(before, true));
            return issued;
        });
    }

    /** Random, and known to nobody from the moment that it is hashed. */
    private static String nobodysPassword() {
        return OpaqueToken.generate("").reveal();
    }

    User change(Call call, UUID id) {
        refuseLimitedKey(call.caller());
        Fields in = Fields.of(call);
        User now = listing.find(id).orElseThrow(() -> PathIds.notFound("user"));
        UserFields.ofChanged(in, now);
        Optional<String> password = PasswordRule.chosen(in, "password");
        in.refuseOthers();
        Optional<String> hash = password.map(passwords::hash);
        return keepingAnAdministrator(
                call,
                id,
                "user.update",
                () -> jdbi.inTransaction(handle -> {
                    UserTable.lockAdministrators(handle);
                    User before = UserTable.lock(handle, id).orElseThrow(() -> PathIds.notFound("user"));
                    User after = UserTable.update(handle, id, UserFields.ofChanged(in, before), hash);
                    requireAdministrator(handle, before, after.isWorkingAdministrator());
                    endSessions(handle, call.caller(), before, after, hash.isPresent());
                    if (hash.isPresent()) {
                        Invitations.withdraw(handle, id);
                    }
                    audit.record(
                            handle,
                            call,
                            "user.update",
                            Target.of("user", id),
                            Audited.of(before, false),
                            Audited.of(after, hash.isPresent()));
                    return after;
                }));
    }

    void delete(Call call, UUID id) {
        refuseLimitedKey(call.caller());
        keepingAnAdministrator(
                call,
                id,
                "user.delete",
                () -> jdbi.inTransaction(handle -> {
                    UserTable.lockAdministrators(handle);
                    User before = UserTable.lock(handle, id).orElseThrow(() -> PathIds.notFound("user"));
                    requireAdministrator(handle, before, false);
                    UserTable.delete(handle, id);
                    audit.record(handle, call, "user.delete", Target.of("user", id), Audited.of(before, false), null);
                    return before;
                }));
    }

    private User keepingAnAdministrator(Call call, UUID id, String action, Supplier<User> act) {
        try {
            return act.get();
        } catch (Refusal refusal) {
            if (refusal.code().equals("last_administrator")) {
                audit.recordRefused(Origin.of(call), action, Target.of("user", id), refusal.code());
            }
            throw refusal;
        }
    }

    private void endSessions(Handle handle, Identity caller, User before, User after, boolean newPassword) {
        if (!after.status().equals(User.ENABLED) && before.status().equals(User.ENABLED)) {
            sessions.endAll(handle, after.id(), EndedWhy.DISABLED, Optional.empty());
        } else if (!after.role().equals(before.role())) {
            sessions.endAll(handle, after.id(), EndedWhy.ROLE, Optional.empty());
        } else if (newPassword) {
            // An administrator who sets their own password here goes on; somebody else's session is not kept.
            sessions.endAll(handle, after.id(), EndedWhy.PASSWORD, caller.sessionId());
        }
    }

    private static void requireAdministrator(Handle handle, User before, boolean stays) {
        if (before.isWorkingAdministrator() && !stays && !UserTable.hasOtherAdministrator(handle, before.id())) {
            throw Refusal.conflict(
                    "last_administrator", "This is the last enabled administrator. Appoint another one first.", null);
        }
    }

    /** With a new user or password the key's holder could log in and have every model. */
    private static void refuseLimitedKey(Identity caller) {
        if (caller.allowedModels().isPresent()) {
            throw Refusal.forbidden(
                    "exceeds_own_rights", "A key that is limited to models cannot change users. Log in instead.");
        }
    }
}
