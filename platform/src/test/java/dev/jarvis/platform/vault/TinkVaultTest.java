package dev.jarvis.platform.vault;

import dev.jarvis.platform.postgres.Database;
import dev.jarvis.platform.postgres.MigratedDatabase;
import dev.jarvis.platform.start.CannotStartException;
import dev.jarvis.platform.start.SecretFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TinkVaultTest {
    private static final Secret SECRET = new Secret("not-a-real-provider-key-0123456789");
    private static final Vault.Place PLACE = new Vault.Place("provider_keys.sealed", new UUID(1, 1));

    private final Database database = MigratedDatabase.open();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void opensWhatItSealedAndSealsDifferentlyEachTime() {
        TinkVault vault = start();
        assertThat(vault.open(vault.seal(SECRET, PLACE), PLACE)).isEqualTo(SECRET);
        assertThat(vault.seal(SECRET, PLACE)).isNotEqualTo(vault.seal(SECRET, PLACE));
        assertThat(vault.isSealed()).isFalse();
    }

    @Test
    void k1_whatIsSealedHoldsNothingOfTheSecretAndNeedsTheKey() {
        TinkVault vault = start();
        byte[] sealed = vault.seal(SECRET, PLACE);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("provider-key");
        assertThat(new Keyring(MasterKeys.random()).open(sealed, PLACE)).isEmpty();
    }

    @Test
    void k2_rejectsASecretMovedToAnotherRowOrColumn() {
        TinkVault vault = start();
        byte[] sealed = vault.seal(SECRET, PLACE);
        for (Vault.Place other : new Vault.Place[] {
            new Vault.Place(PLACE.column(), new UUID(1, 2)), new Vault.Place("signing_keys.sealed_private", PLACE.row())
        }) {
            assertThatThrownBy(() -> vault.open(sealed, other)).isInstanceOf(Vault.CorruptSecretException.class);
        }
    }

    @Test
    void k2_rejectsEveryFlippedBitAndEveryTruncation() {
        TinkVault vault = start();
        byte[] sealed = vault.seal(SECRET, PLACE);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> vault.open(flipped, PLACE)).isInstanceOf(Vault.CorruptSecretException.class);
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] truncated = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> vault.open(truncated, PLACE)).isInstanceOf(Vault.CorruptSecretException.class);
        }
        assertThat(vault.open(sealed, PLACE)).isEqualTo(SECRET);
    }

    @Test
    void makesTheKeyOfTheEmbeddedDatabaseOnceForItsOwnerAlone() throws IOException {
        byte[] sealed = start().seal(SECRET, PLACE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
                .isEqualTo("rw-------");
        assertThat(start().open(sealed, PLACE)).isEqualTo(SECRET);
    }

    @Test
    void startsSealedWithoutTheKeyThatSealedTheDatabase() throws IOException {
        start();
        Files.delete(keyFile());
        TinkVault missing = start();
        assertThat(missing.isSealed()).isTrue();
        assertThat(missing.sealedBecause()).get().asString().contains(keyFile().toString(), "missing");
        assertThat(keyFile()).doesNotExist();
        assertThatThrownBy(() -> missing.seal(SECRET, PLACE)).isInstanceOf(Vault.SealedException.class);
        assertThatThrownBy(() -> missing.open(new byte[64], PLACE)).isInstanceOf(Vault.SealedException.class);
    }

    @Test
    void startsSealedWithAnotherKeyAndNamesBothByTheirIds() {
        start();
        MasterKeys other = MasterKeys.random();
        TinkVault wrong = TinkVault.start(new KeySource.KeyText(new Secret(other.text())), database.jdbi());
        assertThat(wrong.isSealed()).isTrue();
        assertThat(wrong.sealedBecause()).get().asString().contains("not the one", other.primaryId());
        assertThat(wrong.sealedBecause().orElseThrow())
                .doesNotContain(other.text().strip());
    }

    @Test
    void startsSealedWithoutAnyKey() {
        assertThat(TinkVault.start(new KeySource.NoKey(), database.jdbi()).isSealed())
                .isTrue();
    }

    @Test
    void refusesAKeyFileThatOthersCanRead() throws IOException {
        start();
        Files.setPosixFilePermissions(keyFile(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(this::start).isInstanceOf(CannotStartException.class).hasMessageContaining("chmod 600");
    }

    @Test
    void s22_refusesAKeyThatIsNoneWithoutRepeatingIt() throws IOException {
        for (String text : new String[] {"hunter2hunter2", "c2hvcnQ=", "A".repeat(43) + "=", "# nothing\n"}) {
            SecretFile.write(keyFile(), text);
            assertThatThrownBy(this::start)
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining(keyFile().toString())
                    .message()
                    .doesNotContain(text);
        }
    }

    private Path keyFile() {
        return directory.resolve("master.key");
    }

    private TinkVault start() {
        return TinkVault.start(new KeySource.MadeOnce(keyFile()), database.jdbi());
    }
}
