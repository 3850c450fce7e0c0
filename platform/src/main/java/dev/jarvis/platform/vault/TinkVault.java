package dev.jarvis.platform.vault;

import dev.jarvis.platform.start.CannotStartException;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The vault of a running server. It starts sealed, and stays so until the server is started again, when there is no master
 * key or not the one that sealed this database. A rotation that is under way elsewhere is noticed by {@link #reload}, or
 * at the first secret that is sealed under a key not seen before.
 */
public final class TinkVault implements Vault {
    private static final Logger LOG = LoggerFactory.getLogger(TinkVault.class);
    private static final long RELOAD_PAUSE_NANOS = 1_000_000_000L;

    private final KeySource source;
    private final Jdbi jdbi;
    private final AtomicLong lastReload = new AtomicLong(System.nanoTime() - RELOAD_PAUSE_NANOS);
    private volatile Optional<Keyring> keyring;
    private final Optional<String> sealedBecause;

    private TinkVault(KeySource source, Jdbi jdbi, Optional<Keyring> keyring, Optional<String> sealedBecause) {
        this.source = source;
        this.jdbi = jdbi;
        this.keyring = keyring;
        this.sealedBecause = sealedBecause;
    }

    /**
     * Reads the master key and compares it with the database; an unsealed database is sealed with it.
     *
     * @throws CannotStartException if what is configured is not a master key at all
     */
    public static TinkVault start(KeySource source, Jdbi jdbi) {
        Optional<VaultState> state = VaultState.read(jdbi);
        Optional<Keyring> keyring = KeyReader.read(source, state.isEmpty()).map(Keyring::new);
        if (keyring.isEmpty()) {
            return new TinkVault(source, jdbi, Optional.empty(), Optional.of(missing(source)));
        }
        VaultState present = state.orElseGet(() -> VaultState.of(keyring.get()).writeFirst(jdbi));
        if (!present.opensWith(keyring.get())) {
            String reason =
                    "The master key is not the one that sealed this database: that one has the id " + present.keyId()
                            + ", the given one "
                            + String.join(", ", keyring.get().keys().ids())
                            + ". Give the right key and start again.";
            return new TinkVault(source, jdbi, Optional.empty(), Optional.of(reason));
        }
        return new TinkVault(source, jdbi, keyring, Optional.empty());
    }

    /** Whether a master key was ever chosen for this database, which must have its tables. Changes nothing. */
    public static boolean hasBeenSealed(Jdbi jdbi) {
        return VaultState.read(jdbi).isPresent();
    }

    private static String missing(KeySource source) {
        return source.changeableFile()
                .map(file -> "The master key of this database is missing: " + file
                        + " does not exist. Put it back from a backup and start again.")
                .orElse(
                        "There is no master key. Set JARVIS_MASTER_KEY_FILE or JARVIS_MASTER_KEY (openssl rand -base64 32)"
                                + " and start again.");
    }

    @Override
    public byte[] seal(Secret secret, Place place) {
        return unsealed().seal(secret, place);
    }

    @Override
    public Secret open(byte[] sealed, Place place) {
        if (!unsealed().knows(sealed)) {
            reloadIfNotJustDone();
        }
        return unsealed().open(sealed, place).orElseThrow(() -> new CorruptSecretException(place));
    }

    @Override
    public boolean isSealed() {
        return keyring.isEmpty();
    }

    /** Why this vault is sealed, and what to do; empty if it is not. */
    public Optional<String> sealedBecause() {
        return sealedBecause;
    }

    /**
     * Reads the keys again: on the notice topic {@code vault}. Keys that do not open this database are not taken, so a
     * mistake in the file does not seal a running server.
     */
    public void reload() {
        if (isSealed()) {
            return;
        }
        try {
            Optional<Keyring> fresh = KeyReader.read(source, false).map(Keyring::new);
            Optional<VaultState> state = VaultState.read(jdbi);
            if (fresh.isPresent() && state.isPresent() && state.get().opensWith(fresh.get())) {
                keyring = fresh;
                LOG.info("Master keys read again: {}", fresh.get().keys());
            } else {
                LOG.error("The master key file no longer has the key of this database; keeping the keys in memory");
            }
        } catch (CannotStartException e) {
            LOG.error("The master key file cannot be used any more; keeping the keys in memory. {}", e.getMessage());
        }
    }

    private void reloadIfNotJustDone() {
        long now = System.nanoTime();
        long last = lastReload.get();
        if (now - last >= RELOAD_PAUSE_NANOS && lastReload.compareAndSet(last, now)) {
            reload();
        }
    }

    private Keyring unsealed() {
        return keyring.orElseThrow(() -> new SealedException(sealedBecause.orElse("The vault is sealed.")));
    }
}
