package dev.jarvis.control.key;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.identity.Credential;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.OpaqueToken;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.vault.Secret;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.util.UUID;

/** Creates, changes and revokes caller keys: one's own, and for administrators everybody's. */
public final class Keys {
    private final Jdbi jdbi;
    private final Audit audit;

    public Keys(Jdbi jdbi, Audit audit) {
        this.jdbi = jdbi;
        this.audit = audit;
    }

    IssuedKey create(Call call) {
        Fields in = Fields.of(call);
        KeyFields fields = KeyFields.ofNew(in);
        in.refuseOthers();
        fields.requireWithin(call.caller());
        Secret secret = OpaqueToken.generate(Credential.CALLER_KEY_PREFIX);
        Key key = jdbi.inTransaction(handle -> {
            Key inserted = KeyTable.insert(
                    handle,
                    Uuid7.next(),
                    call.caller().userId(),
                    OpaqueToken.hash(secret.reveal()),
                    Credential.CALLER_KEY_PREFIX + "…" + secret.hint(),
                    fields);
            requireOwnPurse(handle, call.caller(), inserted);
            audit.record(handle, call, "key.create", Target.of("key", inserted.id()), null, inserted);
            return inserted;
        });
        return new IssuedKey(key, secret.reveal());
    }

    Key change(Call call, UUID id) {
        Fields in = Fields.of(call);
        return jdbi.inTransaction(handle -> {
            Key before = lock(handle, call.caller(), id);
            KeyFields fields = KeyFields.ofChanged(in, before);
            in.refuseOthers();
            fields.requireWithin(call.caller());
            if (before.revokedAt() != null) {
                throw Refusal.conflict("key_revoked", "A revoked key cannot be changed. Create a new one.", null);
            }
            Key after = KeyTable.update(handle, id, fields);
            if (in.has("team_id")) {
                requireOwnPurse(handle, call.caller(), after);
            }
            audit.record(handle, call, "key.update", Target.of("key", id), before, after);
            return after;
        });
    }

    /** Revokes a key for ever. Once more does nothing. */
    void revoke(Call call, UUID id) {
        jdbi.useTransaction(handle -> {
            Key before = lock(handle, call.caller(), id);
            if (before.revokedAt() == null) {
                Key after = KeyTable.revoke(handle, id);
                audit.record(handle, call, "key.revoke", Target.of("key", id), before, after);
            }
        });
    }

    /** A key must not lead out of its own budgets by way of another key. A login may choose among its user's teams. */
    private static void requireOwnPurse(Handle handle, Identity caller, Key key) {
        if (caller.role() == Role.ADMIN || caller.callerKeyId().isEmpty()) {
            return;
        }
        UUID own = caller.callerKeyId().get();
        boolean other = !KeyTable.teamOf(handle, key.id()).equals(caller.teamId());
        if (other || (!own.equals(key.id()) && KeyTable.hasBudget(handle, own))) {
            throw Refusal.forbidden(
                    "exceeds_own_rights",
                    other
                            ? "The key you call with counts for another team. Log in instead."
                            : "The key you call with has a budget of its own. Log in instead.");
        }
    }

    /** Whether a caller may see a key and do things to it. Others are told that it does not exist. */
    static boolean isOpenTo(Identity caller, Key key) {
        return caller.role() == Role.ADMIN || caller.userId().equals(key.userId());
    }

    private static Key lock(Handle handle, Identity caller, UUID id) {
        return KeyTable.lock(handle, id)
                .filter(key -> isOpenTo(caller, key))
                .orElseThrow(() -> PathIds.notFound("key"));
    }
}
