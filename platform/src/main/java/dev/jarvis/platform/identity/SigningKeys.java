package dev.jarvis.platform.identity;

import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.vault.Vault;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The signing keys of access tokens, in the table that all nodes share. The newest unretired one signs; retired ones
 * verify until they are deleted. Public halves are read once and kept; {@link #refresh} on a change notice.
 */
public final class SigningKeys {
    private static final String COLUMN = "signing_keys.sealed_private";

    private record Stored(UUID id, String publicJwk, byte[] sealedPrivate) {}

    private final Jdbi jdbi;
    private final Vault vault;
    private final Map<UUID, SigningKey> verifying = new ConcurrentHashMap<>();
    private volatile @Nullable SigningKey signing;

    public SigningKeys(Jdbi jdbi, Vault vault) {
        this.jdbi = jdbi;
        this.vault = vault;
    }

    /** Forgets what was read, because the table changed. */
    public void refresh() {
        signing = null;
        verifying.clear();
    }

    /** The published form of every key that still verifies: a JWKS. */
    public Map<String, Object> published() {
        List<Map<String, Object>> keys = jdbi.withHandle(SigningKeys::all).stream()
                .map(stored -> SigningKey.read(stored.id(), stored.publicJwk()).published())
                .toList();
        return Map.of("keys", keys);
    }

    /**
     * The key that signs now. The first call of an installation makes it; two nodes at once agree on one.
     *
     * @throws Vault.SealedException if the vault cannot open or seal it
     */
    SigningKey signing() {
        SigningKey known = signing;
        if (known != null) {
            return known;
        }
        Stored stored = jdbi.withHandle(SigningKeys::newest)
                .orElseGet(() -> jdbi.inTransaction(handle -> {
                    handle.execute("SELECT pg_advisory_xact_lock(hashtext('signing_keys'))");
                    return newest(handle).orElseGet(() -> create(handle));
                }));
        SigningKey opened = SigningKey.read(
                stored.id(),
                vault.open(stored.sealedPrivate(), new Vault.Place(COLUMN, stored.id()))
                        .reveal());
        signing = opened;
        return opened;
    }

    /** The key of that id, to verify with. An unknown id costs one look-up by primary key. */
    Optional<SigningKey> verifying(UUID id) {
        SigningKey known = verifying.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<SigningKey> found =
                jdbi.withHandle(handle -> handle.createQuery("SELECT public_jwk FROM signing_keys WHERE id = :id")
                        .bind("id", id)
                        .mapTo(String.class)
                        .findOne()
                        .map(jwk -> SigningKey.read(id, jwk)));
        found.ifPresent(key -> verifying.put(id, key));
        return found;
    }

    private Stored create(Handle handle) {
        SigningKey key = SigningKey.generate(Uuid7.next());
        Stored stored =
                new Stored(key.id(), key.publicJwk(), vault.seal(key.privateJwk(), new Vault.Place(COLUMN, key.id())));
        handle.createUpdate("""
                        INSERT INTO signing_keys (id, algorithm, public_jwk, sealed_private)
                        VALUES (:id, :algorithm, CAST(:publicJwk AS jsonb), :sealedPrivate)
                        """)
                .bind("id", stored.id())
                .bind("algorithm", SigningKey.ALGORITHM)
                .bind("publicJwk", stored.publicJwk())
                .bind("sealedPrivate", stored.sealedPrivate())
                .execute();
        return stored;
    }

    private static Optional<Stored> newest(Handle handle) {
        return handle.createQuery("""
                        SELECT id, public_jwk, sealed_private FROM signing_keys
                        WHERE retired_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 1
                        """)
                .map((row, context) -> new Stored(row.getObject(1, UUID.class), row.getString(2), row.getBytes(3)))
                .findOne();
    }

    private static List<Stored> all(Handle handle) {
        return handle.createQuery("SELECT id, public_jwk, sealed_private FROM signing_keys ORDER BY created_at, id")
                .map((row, context) -> new Stored(row.getObject(1, UUID.class), row.getString(2), row.getBytes(3)))
                .list();
    }
}
