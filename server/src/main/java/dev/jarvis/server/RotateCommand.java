package dev.jarvis.server;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Origin;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.postgres.Database;
import dev.jarvis.platform.postgres.DatabaseAddress;
import dev.jarvis.platform.postgres.EmbeddedPostgres;
import dev.jarvis.platform.settings.Settings;
import dev.jarvis.platform.start.CannotStartException;
import dev.jarvis.platform.start.DataDirectory;
import dev.jarvis.platform.start.SecretFile;
import dev.jarvis.platform.vault.Rotation;
import dev.jarvis.platform.vault.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code vault rotate}: works on the same database and key file as a running server, and beside it. */
@Command(
        name = "rotate",
        description =
                "Seals all secrets under a new master key, while servers run. Safe to repeat when it was interrupted.",
        sortOptions = false)
final class RotateCommand implements Callable<Integer> {
    private final SettingOptions options;
    private final PrintWriter out;

    @Option(
            names = "--new-key-file",
            paramLabel = "<file>",
            description = "Use the key in this file (32 random bytes in base64) instead of making one.")
    private @Nullable Path newKeyFile;

    RotateCommand(SettingOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = options.read();
        Logging.configure(settings.logFormat());
        Path keyFile = settings.keySource().changeableFile().orElseThrow(RotateCommand::keyIsNoFile);
        Optional<Secret> newKey =
                Optional.ofNullable(newKeyFile).map(SecretFile::read).map(Secret::new);
        try (Closing closing = new Closing()) {
            Database database = database(settings, closing);
            Rotation.Outcome outcome = new Rotation(database.jdbi(), keyFile, audited(database)).run(newKey);
            if (outcome.resumed()) {
                out.println("Finished a rotation that had been interrupted.");
            }
            out.println(outcome.resealed() + " secrets sealed anew under the master key with the id " + outcome.keyId()
                    + ".");
            out.println("The old key is in " + keyFile + ".retired: keep it as long as you keep backups from before.");
            if (outcome.unreadable() > 0) {
                out.println(outcome.unreadable() + " secrets opened under no key and were left alone.");
                return 1;
            }
            return 0;
        }
    }

    private static Rotation.Record audited(Database database) {
        Audit audit = new Audit(database.jdbi());
        Origin origin = Origin.ofCommand("vault rotate", System.getProperty("user.name", ""));
        return (handle, keyIds, newKeyId) -> audit.record(
                handle,
                origin,
                "vault.rotate",
                new Target("vault", newKeyId),
                Map.of("key_ids", keyIds),
                Map.of("key_id", newKeyId));
    }

    private static Database database(Settings settings, Closing closing) {
        Optional<DatabaseAddress> running = settings.database().isPresent()
                ? settings.database()
                : EmbeddedPostgres.running(settings.dataDirectory());
        if (running.isPresent()) {
            return closing.add(new Database(running.get()));
        }
        DataDirectory data = closing.add(DataDirectory.open(settings.dataDirectory()));
        return Foundation.openDatabase(settings, data, closing);
    }

    private static CannotStartException keyIsNoFile() {
        return new CannotStartException(
                "A rotation needs the master key in a file that it can change, which running servers"
                        + " read again: set JARVIS_MASTER_KEY_FILE. A key in JARVIS_MASTER_KEY stays in the environment of"
                        + " every running process.");
    }
}
