package dev.jarvis.platform.identity;

import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.vault.Vault;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The signing keys of access tokens, in the table that all nodes share. The newest unretired one signs; after 90 days it is
 * retired for a new one, and verifies for another day, long after the last token it signed has expired. Public halves are
 * read once and kept; {@link #refresh} on a change notice.
 */
public final class SigningKeys {
    private static final String COLUMN = "signing_keys.sealed_private";

    /** How often the age of the signing key is looked at. */
    private static final Duration LOOK = Duration.ofHours(1);

    private static final String NEWEST = """
            SELECT id, public_jwk, sealed_private FROM signing_keys
             WHERE retired_at IS NULL AND created_at > now() - INTERVAL '90 days'
             ORDER BY created_at DESC, id DESC LIMIT 1
            """;

    private static final String RETIRE =
            "UPDATE signing_keys SET retired_at = now() WHERE retired_at IS NULL AND id <> :id";

    private static final String DELETE = "DELETE FROM signing_keys WHERE retired_at < now() - INTERVAL '1 day'";

    private record Stored(UUID id, String publicJwk, byte[] sealedPrivate) {}

    /** @param readAt by {@link System#nanoTime} */
    private record Signing(SigningKey key, long readAt) {
        boolean isFresh() {
            return System.nanoTime() - readAt < LOOK.toNanos();
        }
    }

    private final Jdbi jdbi;
    private final Vault vault;
    private final Map<UUID, SigningKey> verifying = new ConcurrentHashMap<>();
    private volatile @Nullable Signing signing;

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
     * The key that signs now. The first call of an installation makes it, and the first after its time its successor; two
     * nodes at once agree on one.
     *
     * @throws Vault.SealedException if the vault cannot open or seal it
     */
    SigningKey signing() {
        Signing known = signing;
        if (known != null && known.isFresh()) {
            return known.key();
        }
        Stored stored = jdbi.withHandle(SigningKeys::newest)
                .orElseGet(() -> jdbi.inTransaction(handle -> {
                    handle.execute("SELECT pg_advisory_xact_lock(hashtext('signing_keys'))");
                    return newest(handle).orElseGet(() -> succeed(handle));
                }));
        SigningKey opened = SigningKey.read(
                stored.id(),
                vault.open(stored.sealedPrivate(), new Vault.Place(COLUMN, stored.id()))
                        .reveal());
        signing = new Signing(opened, System.nanoTime());
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

    private Stored succeed(Handle handle) {
        Stored successor = create(handle);
        handle.createUpdate(RETIRE).bind("id", successor.id()).execute();
        handle.createUpdate(DELETE).execute();
        return successor;
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
        return handle.createQuery(NEWEST)
                .map((row, context) -> new Stored(row.getObject(1, UUID.class), row.getString(2), row.getBytes(3)))
                .findOne();
    }

    private static List<Stored> all(Handle handle) {
        return handle.createQuery("SELECT id, public_jwk, sealed_private FROM signing_keys ORDER BY created_at, id")
                .map((row, context) -> new Stored(row.getObject(1, UUID.class), row.getString(2), row.getBytes(3)))
                .list();
    }
}
