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
            Files.createDirectories(data);
            Path programs = Files.createDirectories(Repository.root().resolve(Path.of("target", "postgres-bin")));
            Files.createSymbolicLink(link(data), programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the link away again, if there is one: JUnit complains of links that lead out of its directories. */
    static void unlink(Path data) {
        try {
            if (Files.isSymbolicLink(link(data))) {
                Files.delete(link(data));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path link(Path data) {
        return data.resolve("postgres-bin");
    }
}
