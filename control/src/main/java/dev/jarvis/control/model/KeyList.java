package dev.jarvis.control.model;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.vault.Secret;
import dev.jarvis.platform.vault.Vault;
import org.jdbi.v3.core.Handle;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Replaces a model's list of provider keys: seals new ones, keeps those that are named by id, drops the rest. */
final class KeyList {
    private static final String COLUMN = "provider_keys.sealed";

    private final Vault vault;

    KeyList(Vault vault) {
        this.vault = vault;
    }

    /**
     * @throws Refusal 400 {@code unknown_key} if an item names a key that the model does not have
     * @throws Vault.SealedException if there is a key to seal and no master key
     */
    void replace(Handle handle, UUID modelId, List<KeyRequest> wanted) {
        Map<UUID, KeyRow> before = KeyTable.ofModel(handle, modelId);
        Set<UUID> dropped = new HashSet<>(before.keySet());
        for (int position = 0; position < wanted.size(); position++) {
            KeyRequest request = wanted.get(position);
            KeyRow key = request.id().isPresent()
                    ? changed(handle, known(before, request.id().get(), request), request)
                    : sealed(Uuid7.next(), request.over(KeyUse.INITIAL), secret(request));
            dropped.remove(key.id());
            KeyTable.put(handle, modelId, position, key);
        }
        dropped.forEach(id -> KeyTable.delete(handle, id));
    }

    /**
     * The key that a model with this list would begin with. It has no keys yet that an item could name.
     *
     * @throws Refusal 400, as {@link #replace} would
     */
    static Optional<Secret> firstEnabled(List<KeyRequest> wanted) {
        Optional<Secret> first = Optional.empty();
        for (KeyRequest request : wanted) {
            if (request.id().isPresent()) {
                throw unknown(request);
            }
            if (request.over(KeyUse.INITIAL).isEnabled() && first.isEmpty()) {
                first = request.secret();
            }
        }
        return first;
    }

    private KeyRow changed(Handle handle, KeyRow before, KeyRequest request) {
        KeyUse use = request.over(before.use());
        boolean switchedOn = use.isEnabled() && !before.use().isEnabled();
        if (request.secret().isPresent() || switchedOn) {
            KeyTable.forgetHealth(handle, before.id());
        }
        return request.secret()
                .map(secret -> sealed(before.id(), use, secret))
                .orElseGet(() -> new KeyRow(before.id(), use, before.sealed(), before.hint()));
    }

    private KeyRow sealed(UUID id, KeyUse use, Secret secret) {
        return new KeyRow(id, use, vault.seal(secret, new Vault.Place(COLUMN, id)), secret.hint());
    }

    private static KeyRow known(Map<UUID, KeyRow> before, UUID id, KeyRequest request) {
        return Optional.ofNullable(before.get(id)).orElseThrow(() -> unknown(request));
    }

    private static Refusal unknown(KeyRequest request) {
        return Refusal.badRequest(
                "unknown_key",
                "The model has no key with this id. Leave the id out to add a new key.",
                request.place() + ".id");
    }

    private static Secret secret(KeyRequest request) {
        return request.secret().orElseThrow();
    }
}
