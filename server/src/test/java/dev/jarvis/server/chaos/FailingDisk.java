package dev.jarvis.server.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A disk that answers EIO when it is told to: a library that is loaded into the server before all others, made here from
 * {@code failing_disk.c}. A disk that really fails takes a device of its own, and root.
 */
final class FailingDisk {
    private final Path library;
    private final Path when;
    private final String files;

    private FailingDisk(Path library, Path when, String files) {
        this.library = library;
        this.when = when;
        this.files = files;
    }

    /**
     * @param directory of the library and of what switches it
     * @param files a part of the paths of the files that fail
     * @return empty if there is no C compiler here
     */
    static Optional<FailingDisk> make(Path directory, String files) throws IOException {
        Path source = directory.resolve("failing_disk.c");
        Path library = directory.resolve("failing_disk.so");
        try (InputStream text = FailingDisk.class.getResourceAsStream("failing_disk.c")) {
            Files.copy(text, source);
        }
        ProcessBuilder compiler =
                new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl");
        Process compiling;
        try {
            compiling = compiler.redirectErrorStream(true).start();
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
        String said = new String(compiling.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (compiling.onExit().join().exitValue() != 0) {
            throw new IOException("the library of the failing disk does not compile: " + said);
        }
        return Optional.of(new FailingDisk(library, directory.resolve("failing"), files));
    }

    /** Of the environment of whoever is to use it. */
    Map<String, String> settings() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAILING_DISK_WHEN", when.toString(),
                "FAILING_DISK_FILES", files);
    }

    /** From now on. */
    void fail() {
        try {
            Files.createFile(when);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It answers again, as if nothing had been. */
    void recover() {
        try {
            Files.delete(when);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
