package dev.jarvis.server;

import dev.jarvis.testkit.database.Repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The built-in PostgreSQL's programs, unpacked once for all tests of this checkout: it costs seconds each time. */
final class UnpackedPostgres {
    private UnpackedPostgres() {}

    /** A data directory then finds them where it would have unpacked them. */
    static void linkInto(Path data) {
        try {
            Path programs = Files.createDirectories(Repository.root().resolve(Path.of("target", "postgres-bin")));
            Files.createSymbolicLink(Files.createDirectories(data).resolve("postgres-bin"), programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
