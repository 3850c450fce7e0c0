package dev.jarvis.testkit.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The files of a PostgreSQL server with a migrated database, made once for all test processes of this checkout: a whole run
 * has a dozen, and making them costs each some seconds of CPU.
 */
final class MigratedFiles {
    /** The database that has all migrations. */
    static final String DATABASE = "migrated";

    private MigratedFiles() {}

    /** @param data does not exist yet */
    static void copyTo(Path data) throws IOException {
        Process copy = new ProcessBuilder("cp", "-R", made().toString(), data.toString())
                .inheritIO()
                .start();
        try {
            if (copy.waitFor() != 0) {
                throw new IOException("cp ended with " + copy.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while copying", e);
        }
    }

    private static Path made() throws IOException {
        Path all = Files.createDirectories(Repository.root().resolve(Path.of("target", "postgres-migrated")));
        Path made = all.resolve(stamp());
        try (FileChannel channel =
                        FileChannel.open(all.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!Files.exists(made)) {
                Path aside = Files.createTempDirectory(all, "making").resolve("data");
                make(aside);
                Files.move(aside, made, StandardCopyOption.ATOMIC_MOVE);
                Files.delete(aside.getParent());
            }
        }
        return made;
    }

    private static void make(Path data) throws IOException {
        try (EmbeddedPostgres server = RunningPostgres.on(data).start()) {
            new TestDatabase(server.getPort(), "postgres")
                    .execute("CREATE DATABASE " + DATABASE + " TEMPLATE template0");
            TestDatabase database = new TestDatabase(server.getPort(), DATABASE);
            for (Path migration : Repository.migrations()) {
                database.execute(Files.readString(migration));
            }
        }
    }

    /** Other files for other migrations, and for another version of PostgreSQL, which the root pom names. */
    private static String stamp() throws IOException {
        List<Path> sources = new ArrayList<>(Repository.migrations());
        sources.add(Repository.root().resolve("pom.xml"));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path source : sources) {
                digest.update(Files.readAllBytes(source));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
