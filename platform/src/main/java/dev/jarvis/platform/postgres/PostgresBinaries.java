package dev.jarvis.platform.postgres;

import dev.jarvis.platform.start.CannotStartException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs for this platform, unpacked once from the archive on the class path; or linked, where the system
 * property {@value #PREPARED} names a directory that has them already: in no time, instead of two seconds.
 */
record PostgresBinaries(Path directory) {
    static final String PREPARED = "jarvis.postgres.programs";

    private static final int OWNER_MAY_EXECUTE = 0100;

    /**
     * Unpacks into a directory named after the archive's content, unless it is there already. Two processes may do it at
     * once: each unpacks aside and the first to finish puts it in place.
     */
    static PostgresBinaries unpack(Path parent) throws IOException {
        return unpack(parent, prepared());
    }

    /** The directory for {@link #unpack} that a build has filled, if the launcher names one. */
    static Optional<Path> prepared() {
        return Optional.ofNullable(System.getProperty(PREPARED)).map(Path::of);
    }

    static PostgresBinaries unpack(Path parent, Optional<Path> prepared) throws IOException {
        String resource = "/postgres-" + platform() + ".txz";
        String name = "postgres-" + digest(resource);
        Path target = parent.resolve(name);
        if (!Files.isDirectory(target)) {
            Files.createDirectories(parent);
            Path aside = Files.createTempDirectory(parent, "unpacking-");
            Optional<Path> unpacked =
                    prepared.map(directory -> directory.resolve(name)).filter(Files::isDirectory);
            if (unpacked.isPresent()) {
                link(unpacked.get(), aside);
            } else {
                extract(resource, aside);
            }
            putInPlace(aside, target);
        }
        return new PostgresBinaries(target);
    }

    /** A tree of its own: a server that runs must not lose its programs to a build that empties the other. */
    private static void link(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.skip(1).toList()) {
                Path own = target.resolve(source.relativize(file));
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectory(own);
                } else if (!isLinked(file, own)) {
                    Files.copy(file, own, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    /** Not across file systems, nor to what another user owns (fs.protected_hardlinks). */
    private static boolean isLinked(Path file, Path own) {
        try {
            Files.createLink(own, file);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    Path program(String name) {
        return directory.resolve("bin").resolve(name);
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return system + "-" + machine;
    }

    private static InputStream open(String resource) {
        InputStream archive = PostgresBinaries.class.getResourceAsStream(resource);
        if (archive == null) {
            throw new CannotStartException("There is no built-in PostgreSQL for this platform (" + platform()
                    + "). Set JARVIS_DATABASE_URL to a PostgreSQL of your own.");
        }
        return archive;
    }

    private static String digest(String resource) throws IOException {
        try (DigestInputStream archive = new DigestInputStream(open(resource), MessageDigest.getInstance("SHA-256"))) {
            archive.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(archive.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void extract(String resource, Path target) throws IOException {
        try (TarArchiveInputStream archive =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(resource), 1 << 16)))) {
            extract(archive, target);
        }
    }

    private static void extract(TarArchiveInputStream archive, Path target) throws IOException {
        for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            Path file = target.resolve(entry.getName()).normalize();
            if (!file.startsWith(target)) {
                throw new IOException("the archive has a path outside itself");
            }
            if (entry.isDirectory()) {
                Files.createDirectories(file);
                continue;
            }
            Files.createDirectories(file.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            } else {
                Files.copy(archive, file);
                boolean program = (entry.getMode() & OWNER_MAY_EXECUTE) != 0;
                Files.setPosixFilePermissions(
                        file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    private static void putInPlace(Path aside, Path target) throws IOException {
        Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
            delete(aside);
        }
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
