package dev.jarvis.platform.vault;

import dev.jarvis.platform.notice.PostgresNotices;
import dev.jarvis.platform.postgres.Database;
import dev.jarvis.platform.postgres.MigratedDatabase;
import dev.jarvis.platform.start.CannotStartException;
import dev.jarvis.platform.start.SecretFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RotationTest {
    private static final int KEYS = 25;

    private final Database database = MigratedDatabase.open();
    private final List<UUID> rows = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everySealedColumnOfTheDatabaseIsInTheList() {
        List<String> columns = database.jdbi()
                .withHandle(
                        handle -> handle.createQuery("""
                        SELECT table_name || '.' || column_name FROM information_schema.columns
                        WHERE table_schema = 'public' AND data_type = 'bytea' AND column_name LIKE 'sealed%'
                        """).mapTo(String.class).list());
        assertThat(SealedColumn.ALL).extracting(SealedColumn::name).containsExactlyInAnyOrderElementsOf(columns);
    }

    @Test
    void resealsEverythingUnderANewKeyAndRetiresTheOldOne() throws IOException {
        TinkVault vault = start();
        store(vault);
        String before = MasterKeys.parse(SecretFile.read(keyFile())).text();

        Rotation.Outcome outcome = rotation().run(Optional.empty());

        assertThat(outcome.resealed()).isEqualTo(KEYS);
        assertThat(outcome.unreadable()).isZero();
        MasterKeys after = MasterKeys.parse(SecretFile.read(keyFile()));
        assertThat(after.ids()).containsExactly(outcome.keyId());
        assertThat(SecretFile.read(directory.resolve("master.key.retired"))).isEqualTo(before);
        assertThat(keyIdsInUse()).containsExactly(outcome.keyId());
        assertEverythingOpens(start());
    }

    @Test
    void takesAKeyThatIsGivenToIt() throws IOException {
        store(start());
        MasterKeys given = MasterKeys.random();
        assertThat(rotation().run(Optional.of(new Secret(given.text()))).keyId())
                .isEqualTo(given.primaryId());
        assertThatThrownBy(() -> rotation().run(Optional.of(new Secret(given.text()))))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("in use already");
        assertEverythingOpens(start());
    }

    @Test
    void aServerGoesOnReadingAndSealingMeanwhile() throws Exception {
        TinkVault serving = start();
        store(serving);
        AtomicBoolean rotating = new AtomicBoolean(true);
        AtomicInteger reads = new AtomicInteger();
        try (PostgresNotices notices = PostgresNotices.open(database)) {
            notices.subscribe("vault", subject -> serving.reload());
            Thread reader = Thread.ofVirtual().unstarted(() -> {
                while (rotating.get()) {
                    assertEverythingOpens(serving);
                    reads.incrementAndGet();
                }
            });
            AtomicInteger failures = new AtomicInteger();
            reader.setUncaughtExceptionHandler((thread, failure) -> failures.incrementAndGet());
            reader.start();
            Rotation.Outcome first =
                    new Rotation(database.jdbi(), keyFile(), (handle, before, after) -> {}).run(Optional.empty());
            UUID late = storeOne(serving, "stored after the rotation");
            rotating.set(false);
            reader.join();
            assertThat(failures).hasValue(0);
            assertThat(reads).hasPositiveValue();
            assertThat(keyIdsInUse()).containsExactly(first.keyId());
            assertThat(open(serving, late).reveal()).isEqualTo("stored after the rotation");
        }
    }

    @Test
    void aServerThatMissedTheNoticeReadsTheKeysAtTheFirstUnknownSecret() throws IOException {
        TinkVault serving = start();
        store(serving);
        rotation().run(Optional.empty());
        assertEverythingOpens(serving);
    }

    @Test
    void changesNothingWhenItsBeginningCannotBeWrittenDown() throws IOException {
        store(start());
        String before = SecretFile.read(keyFile());
        Rotation unrecorded = new Rotation(
                database.jdbi(),
                keyFile(),
                (handle, from, to) -> {
                    throw new IllegalStateException("no record");
                },
                Duration.ZERO);

        assertThatThrownBy(() -> unrecorded.run(Optional.empty())).hasMessage("no record");

        assertThat(SecretFile.read(keyFile())).isEqualTo(before);
        assertThat(keyIdsInUse()).containsExactly(MasterKeys.parse(before).primaryId());
    }

    @Test
    void goesOnWhereAKilledRunStopped() throws IOException {
        TinkVault vault = start();
        store(vault);
        MasterKeys old = MasterKeys.parse(SecretFile.read(keyFile()));
        MasterKeys begun = old.behind(MasterKeys.random());
        SecretFile.write(keyFile(), begun.text());
        resealHalf(new Keyring(begun));
        assertEverythingOpens(start());

        Rotation.Outcome outcome = rotation().run(Optional.empty());

        assertThat(outcome.resumed()).isTrue();
        assertThat(outcome.keyId()).isEqualTo(begun.primaryId());
        assertThat(keyIdsInUse()).containsExactly(begun.primaryId());
        assertEverythingOpens(start());
    }

    @Test
    void leavesWhatDoesNotOpenAndCountsIt() throws IOException {
        TinkVault vault = start();
        store(vault);
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE provider_keys SET sealed = sealed || '\\x00' WHERE id = ?", rows.getFirst()));
        Rotation.Outcome outcome = rotation().run(Optional.empty());
        assertThat(outcome.resealed()).isEqualTo(KEYS - 1);
        assertThat(outcome.unreadable()).isEqualTo(1);
    }

    @Test
    void changesNothingWithAKeyOfAnotherDatabase() throws IOException {
        store(start());
        String foreign = MasterKeys.random().text();
        SecretFile.write(keyFile(), foreign);
        assertThatThrownBy(() -> rotation().run(Optional.empty()))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("Nothing was changed");
        assertThat(Files.readString(keyFile())).isEqualTo(foreign);
    }

    private Path keyFile() {
        return directory.resolve("master.key");
    }

    private TinkVault start() {
        return TinkVault.start(new KeySource.MadeOnce(keyFile()), database.jdbi());
    }

    private Rotation rotation() {
        return new Rotation(database.jdbi(), keyFile(), (handle, before, after) -> {}, Duration.ZERO);
    }

    private void store(TinkVault vault) {
        for (int i = 0; i < KEYS; i++) {
            rows.add(storeOne(vault, "secret number " + i));
        }
    }

    private UUID storeOne(TinkVault vault, String text) {
        UUID id = UUID.randomUUID();
        byte[] sealed = vault.seal(new Secret(text), new Vault.Place("provider_keys.sealed", id));
        database.jdbi().useHandle(handle -> {
            handle.execute("""
                    INSERT INTO llm_models (id, name, model_id, provider, type, type_code, base_url)
                    VALUES ('00000000-0000-0000-0000-000000000001', 'm', 'm', 'p', 'text', 'text', 'https://x.example')
                    ON CONFLICT DO NOTHING
                    """);
            handle.execute("""
                    INSERT INTO provider_keys (id, model_id, position, sealed, hint)
                    VALUES (?, '00000000-0000-0000-0000-000000000001', 1, ?, 'hint')
                    """, id, sealed);
        });
        return id;
    }

    private void resealHalf(Keyring keyring) {
        for (UUID id : rows.subList(0, KEYS / 2)) {
            Vault.Place place = new Vault.Place("provider_keys.sealed", id);
            byte[] fresh = keyring.seal(keyring.open(sealed(id), place).orElseThrow(), place);
            database.jdbi()
                    .useHandle(handle -> handle.execute("UPDATE provider_keys SET sealed = ? WHERE id = ?", fresh, id));
        }
    }

    private byte[] sealed(UUID id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT sealed FROM provider_keys WHERE id = :id")
                        .bind("id", id)
                        .mapTo(byte[].class)
                        .one());
    }

    private Secret open(TinkVault vault, UUID id) {
        return vault.open(sealed(id), new Vault.Place("provider_keys.sealed", id));
    }

    private void assertEverythingOpens(TinkVault vault) {
        for (int i = 0; i < rows.size(); i++) {
            assertThat(open(vault, rows.get(i)).reveal()).isEqualTo("secret number " + i);
        }
    }

    private List<String> keyIdsInUse() {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery("""
                        SELECT DISTINCT encode(substring(sealed FROM 2 FOR 4), 'hex') FROM provider_keys
                        """).mapTo(String.class).list());
    }
}
