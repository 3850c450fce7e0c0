package dev.jarvis.platform.body;

import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.vault.Secret;
import dev.jarvis.platform.vault.Vault;
import org.jdbi.v3.core.Handle;

import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The keys that bodies are sealed with, one for each day, themselves sealed by the vault. So a rotation of the master key seals
 * a few rows anew instead of every body, and a day whose key is gone is gone from backups too. Blocking.
 */
public final class BodyKeys {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String COLUMN = "llm_body_keys.sealed";

    private static final String FIND = "SELECT id, sealed FROM llm_body_keys WHERE day = :day";
    private static final String MAKE = """
            INSERT INTO llm_body_keys (id, day, sealed) VALUES (:id, :day, :sealed) ON CONFLICT (day) DO NOTHING
            """;

    private final Vault vault;

    public BodyKeys(Vault vault) {
        this.vault = vault;
    }

    /** The key of a day. */
    public Optional<BodyCipher> find(Handle handle, LocalDate day) {
        return handle.createQuery(FIND)
                .bind("day", day)
                .map((row, context) -> opened(row.getObject("id", UUID.class), row.getBytes("sealed")))
                .findOne();
    }

    /** The same, made if there is none yet; of two servers that make one, both use the first. */
    public BodyCipher make(Handle handle, LocalDate day) {
        return find(handle, day).orElseGet(() -> {
            byte[] key = new byte[BodyCipher.KEY_BYTES];
            RANDOM.nextBytes(key);
            UUID id = Uuid7.next();
            Secret secret = new Secret(Base64.getEncoder().encodeToString(key));
            handle.createUpdate(MAKE)
                    .bind("id", id)
                    .bind("day", day)
                    .bind("sealed", vault.seal(secret, new Vault.Place(COLUMN, id)))
                    .execute();
            return find(handle, day).orElseThrow();
        });
    }

    private BodyCipher opened(UUID id, byte[] sealed) {
        Secret secret = vault.open(sealed, new Vault.Place(COLUMN, id));
        return new BodyCipher(Base64.getDecoder().decode(secret.reveal()));
    }
}
