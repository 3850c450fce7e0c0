package dev.jarvis.platform.vault;

import org.jdbi.v3.core.Jdbi;

import java.util.Optional;
import java.util.UUID;

/**
 * The proof, in the table vault_state, that a master key is the one that sealed this database: a text that only it opens.
 *
 * @param keyId of the key that seals now
 */
record VaultState(String keyId, byte[] proof) {
    private static final Vault.Place PLACE = new Vault.Place("vault_state.proof", new UUID(0, 0));
    private static final Secret KNOWN = new Secret("this database was sealed with this key");

    static VaultState of(Keyring keyring) {
        return new VaultState(keyring.keys().primaryId(), keyring.seal(KNOWN, PLACE));
    }

    static Optional<VaultState> read(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT key_id, proof FROM vault_state")
                .map((row, context) -> new VaultState(row.getString("key_id"), row.getBytes("proof")))
                .findOne());
    }

    /** Writes the row if there is none, and says what is there now: of two first starters one wins. */
    VaultState writeFirst(Jdbi jdbi) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO vault_state (key_id, proof) VALUES (:keyId, :proof) ON CONFLICT DO NOTHING
                        """)
                .bind("keyId", keyId)
                .bind("proof", proof)
                .execute());
        return read(jdbi).orElseThrow();
    }

    /** Replaces the row, which also tells every running server to read its keys again. */
    void write(Jdbi jdbi) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE vault_state SET key_id = :keyId, proof = :proof, changed_at = now()
                        """)
                .bind("keyId", keyId)
                .bind("proof", proof)
                .execute());
    }

    boolean opensWith(Keyring keyring) {
        return keyring.open(proof, PLACE).filter(KNOWN::equals).isPresent();
    }
}
