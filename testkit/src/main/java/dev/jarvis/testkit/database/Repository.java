package dev.jarvis.testkit.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds files of the repository that tests use. */
public final class Repository {
    private Repository() {}

    /** The repository's root: the build names it; an editor's test run finds it above the working directory. */
    public static Path root() {
        String named = System.getProperty("jarvis.repository", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("migrations"))) {
                return at;
            }
        }
        throw new IllegalStateException("no migrations directory here or above");
    }

    /** The migrations in their order. */
    static List<Path> migrations() {
        try (Stream<Path> files = Files.list(root().resolve("migrations"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
