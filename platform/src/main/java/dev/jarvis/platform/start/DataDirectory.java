package dev.jarvis.platform.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory in which one Jarvis keeps what is its own: the embedded database, the master key, the journal. Locked as
 * long as it is open, so that two servers never write to one directory; the lock ends with the process, however it ends.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String LOCK = "jarvis.lock";

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Creates the directory if it is missing (readable by its owner alone) and takes its lock.
     *
     * @throws CannotStartException if it cannot be written, or another Jarvis has it open
     */
    public static DataDirectory open(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel channel =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                channel.close();
                throw new CannotStartException("The data directory " + path
                        + " is in use by another Jarvis. Stop that one, or give this one a directory of its own"
                        + " (JARVIS_DATA_DIR).");
            }
            return new DataDirectory(path, channel);
        } catch (IOException e) {
            throw new CannotStartException(
                    "The data directory " + path + " cannot be written ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "). Make it writable, or name another one (JARVIS_DATA_DIR).",
                    e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Absolute. */
    public Path path() {
        return path;
    }

    /** A file or directory inside. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Gives the lock back. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
