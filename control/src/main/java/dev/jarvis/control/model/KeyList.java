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
     * The key that a model with this list would begin with, or the named one; one that is kept as it was sealed.
     *
     * @param wanted empty: the list stays as it is
     * @throws Refusal 400, as {@link #replace} would; 409 {@code key_corrupt}
     */
    Optional<Secret> chosen(Map<UUID, KeyRow> before, Optional<List<KeyRequest>> wanted, Optional<UUID> keyId) {
        if (wanted.isEmpty()) {
            return before.values().stream()
                    .filter(key -> keyId.map(key.id()::equals).orElse(key.use().isEnabled()))
                    .findFirst()
                    .map(this::opened);
        }
        Optional<Secret> chosen = Optional.empty();
        for (KeyRequest request : wanted.get()) {
            Optional<KeyRow> kept = request.id().map(id -> known(before, id, request));
            KeyUse use = request.over(kept.map(KeyRow::use).orElse(KeyUse.INITIAL));
            boolean asked = keyId.isPresent() ? request.id().equals(keyId) : use.isEnabled();
            if (asked && chosen.isEmpty()) {
                chosen = request.secret().or(() -> kept.map(this::opened));
            }
        }
        return chosen;
    }

    private Secret opened(KeyRow key) {
        try {
            return vault.open(key.sealed(), new Vault.Place(COLUMN, key.id()));
        } catch (Vault.CorruptSecretException e) {
            throw corrupt();
        }
    }

    static Refusal corrupt() {
        return Refusal.conflict("key_corrupt", "The key cannot be opened with this master key. Enter it again.", null);
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
