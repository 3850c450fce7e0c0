package dev.jarvis.platform.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds the migrations on the class path, in a jar or in a directory of classes. */
final class PackagedMigrations {
    private static final String FOLDER = "/migrations";

    private PackagedMigrations() {}

    static List<Migration> read() {
        URL folder = Objects.requireNonNull(
                PackagedMigrations.class.getResource(FOLDER + "/001_users.sql"), "no migrations on the class path");
        try {
            URI uri = folder.toURI();
            if (!uri.getScheme().equals("jar")) {
                return read(Objects.requireNonNull(Path.of(uri).getParent()));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read(jar.getPath(FOLDER));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path has a name that is no URI", e);
        }
    }

    private static List<Migration> read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .map(PackagedMigrations::migration)
                    .sorted(Comparator.comparingInt(Migration::version))
                    .toList();
        }
    }

    private static Migration migration(Path file) {
        try {
            return Migration.of(String.valueOf(file.getFileName()), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
