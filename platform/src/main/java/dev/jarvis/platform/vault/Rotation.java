package dev.jarvis.platform.vault;

import dev.jarvis.platform.start.CannotStartException;
import dev.jarvis.platform.start.SecretFile;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives the vault a new master key while servers run.
 *
 * <ol>
 *   <li>the key file gets the new key in front of the old one: it seals from now on, both open;
 *   <li>vault_state is sealed under it, which tells every server to read the file again;
 *   <li>after a moment in which the last of them has done so, every secret is sealed anew, until none is left;
 *   <li>the old key leaves the file, for {@code <file>.retired}: backups made before still need it.
 * </ol>
 *
 * Killed at any point, the file still opens everything, and the next run goes on where it stopped: a file with more than
 * one key is a rotation that is not finished.
 */
public final class Rotation {
    /** The bytes of "jarvis r". */
    private static final long LOCK = 0x6a61_7276_6973_2072L;

    /** Three polls of the change notices. */
    private static final Duration UNTIL_SERVERS_KNOW = Duration.ofSeconds(3);

    /**
     * @param keyId of the new key
     * @param resealed secrets sealed anew by this run
     * @param unreadable secrets that opened under no key, and were left alone
     * @param resumed an earlier run had not finished
     */
    public record Outcome(String keyId, int resealed, int unreadable, boolean resumed) {}

    /** Writes down that a rotation begins, before anything is changed; when it fails nothing is. */
    @FunctionalInterface
    public interface Record {
        /**
         * @param handle in a transaction of its own
         * @param keyIds of the file before; of an interrupted rotation, more than one
         */
        void begins(Handle handle, Collection<String> keyIds, String newKeyId);
    }

    private final Jdbi jdbi;
    private final Path keyFile;
    private final Record record;
    private final Duration untilServersKnow;

    public Rotation(Jdbi jdbi, Path keyFile, Record record) {
        this(jdbi, keyFile, record, UNTIL_SERVERS_KNOW);
    }

    Rotation(Jdbi jdbi, Path keyFile, Record record, Duration untilServersKnow) {
        this.jdbi = jdbi;
        this.keyFile = keyFile;
        this.record = record;
        this.untilServersKnow = untilServersKnow;
    }

    /**
     * Rotates.
     *
     * @param newKey the text of the new key; made at random if there is none
     * @throws CannotStartException if the key file is not the one of this database, or another rotation runs
     */
    public Outcome run(Optional<Secret> newKey) throws IOException {
        try (Handle handle = jdbi.open()) {
            if (!handle.createQuery("SELECT pg_try_advisory_lock(:lock)")
                    .bind("lock", LOCK)
                    .mapTo(Boolean.class)
                    .one()) {
                throw new CannotStartException("Another rotation is under way.");
            }
            MasterKeys before = KeyReader.readFile(keyFile);
            requireKeyOfThisDatabase(before);
            boolean resumed = before.size() > 1;
            MasterKeys both = resumed ? before : before.behind(fresh(newKey, before));
            if (both.size() == 1) {
                throw new CannotStartException("The new key is the one that is in use already.");
            }
            jdbi.useTransaction(transaction -> record.begins(transaction, before.ids(), both.primaryId()));
            Outcome outcome = rotate(both, resumed, handle);
            handle.execute("SELECT pg_advisory_unlock(?)", LOCK);
            return outcome;
        }
    }

    private Outcome rotate(MasterKeys both, boolean resumed, Handle handle) throws IOException {
        SecretFile.write(keyFile, both.text());
        Keyring keyring = new Keyring(both);
        VaultState.of(keyring).write(jdbi);
        LockSupport.parkNanos(untilServersKnow.toNanos());
        Set<UUID> unreadable = new HashSet<>();
        int resealed = 0;
        for (int changed = 1; changed > 0; resealed += changed) {
            changed = resealAll(keyring, unreadable, handle);
        }
        retire(both.withoutPrimary());
        SecretFile.write(keyFile, both.onlyPrimary().text());
        VaultState.of(keyring).write(jdbi);
        return new Outcome(both.primaryId(), resealed, unreadable.size(), resumed);
    }

    private static int resealAll(Keyring keyring, Set<UUID> unreadable, Handle handle) {
        int resealed = 0;
        for (SealedColumn column : SealedColumn.ALL) {
            for (SealedColumn.Row row : column.rowsNotUnder(keyring.keys().primaryId(), handle)) {
                Optional<Secret> secret = keyring.open(row.sealed(), column.place(row));
                if (secret.isEmpty()) {
                    unreadable.add(row.id());
                } else if (column.replace(row, keyring.seal(secret.get(), column.place(row)), handle)) {
                    resealed++;
                }
            }
        }
        return resealed;
    }

    private void retire(MasterKeys old) throws IOException {
        Path retired = keyFile.resolveSibling(keyFile.getFileName() + ".retired");
        MasterKeys all = Files.exists(retired) ? KeyReader.readFile(retired).behind(old) : old;
        SecretFile.write(retired, all.text());
    }

    private void requireKeyOfThisDatabase(MasterKeys keys) {
        VaultState state = VaultState.read(jdbi)
                .orElseThrow(
                        () -> new CannotStartException("This database was never sealed: there is nothing to rotate."));
        if (!state.opensWith(new Keyring(keys))) {
            throw new CannotStartException("The key in " + keyFile + " is not the one that sealed this database ("
                    + state.keyId() + "). Nothing was changed.");
        }
    }

    private static MasterKeys fresh(Optional<Secret> newKey, MasterKeys before) {
        if (newKey.isPresent()) {
            return MasterKeys.parse(newKey.get().reveal()).onlyPrimary();
        }
        MasterKeys made = MasterKeys.random();
        return before.ids().contains(made.primaryId()) ? fresh(newKey, before) : made;
    }
}
