package dev.jarvis.platform.vault;

import java.util.UUID;

/**
 * Seals secrets for the database and opens them again. What is sealed is bound to its place (table, column and row):
 * moved to another row, it does not open.
 */
public interface Vault {
    /**
     * Where a sealed secret lives; authenticated with it.
     *
     * @param column {@code table.column}, for example {@code provider_keys.sealed}
     */
    record Place(String column, UUID row) {}

    /** @throws SealedException if the vault has no usable master key */
    byte[] seal(Secret secret, Place place);

    /**
     * @throws SealedException if the vault has no usable master key
     * @throws CorruptSecretException if the ciphertext was changed, moved or sealed under a key this vault does not have
     */
    Secret open(byte[] sealed, Place place);

    /** Whether there is no usable master key: the server then serves no call. */
    boolean isSealed();

    /** Thrown by every use of a vault without a usable master key. */
    final class SealedException extends RuntimeException {
        public SealedException(String message) {
            super(message);
        }
    }

    /** Thrown when a ciphertext does not open at its place. Carries nothing of the secret. */
    final class CorruptSecretException extends RuntimeException {
        public CorruptSecretException(Place place) {
            super("the secret in " + place.column() + " of row " + place.row() + " does not open");
        }
    }
}
