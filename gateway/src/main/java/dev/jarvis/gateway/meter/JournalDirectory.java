package dev.jarvis.gateway.meter;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The files of one node's journal: {@code node}, {@code lock}, {@code usage-<number>.journal}. A file that has served may
 * wait for its next use, under a name that a crash leaves to be removed.
 */
final class JournalDirectory implements AutoCloseable {
    private static final String SUFFIX = ".journal";
    private static final String UNFINISHED = ".new";

    private final Path directory;
    private final long minFreeBytes;
    private final FileChannel lockChannel;
    private final FileLock lock;
    private final UUID node;
    private final AtomicReference<@Nullable Segment> retired = new AtomicReference<>();

    private JournalDirectory(Path directory, long minFreeBytes, FileChannel lockChannel, FileLock lock, UUID node) {
        this.directory = directory;
        this.minFreeBytes = minFreeBytes;
        this.lockChannel = lockChannel;
        this.lock = lock;
        this.node = node;
    }

    /**
     * Takes the directory for this process.
     *
     * @throws IOException if another process has it, or it cannot be written
     */
    static JournalDirectory lock(Path directory, long minFreeBytes) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(channel, directory);
            return new JournalDirectory(directory, minFreeBytes, channel, lock, node(directory));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** This node's id: made at its first start, kept as long as the directory. */
    UUID node() {
        return node;
    }

    /** The segments of earlier processes, oldest first. What a crash left half made is removed. */
    List<Segment> existing() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.sorted().toList();
        }
        List<Segment> segments = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(UNFINISHED)) {
                Files.delete(file);
            } else if (name.endsWith(SUFFIX)) {
                segments.add(Segment.existing(file));
            }
        }
        return segments;
    }

    /**
     * Makes an empty segment, of a retired one if there is any. It takes its name only when it is complete.
     *
     * @throws IOException if the disk has no room for it beside what is to stay free
     */
    Segment create(long number, int size) throws IOException {
        Segment old = retired.getAndSet(null);
        if (old != null) {
            return renewed(old, number);
        }
        long free = freeBytes();
        if (free - size < minFreeBytes) {
            throw new IOException("the journal's disk has only " + free + " bytes left");
        }
        return createFromReserve(number, size);
    }

    /** The same on whatever is left of the disk: a start on a full journal needs a segment before it can ship any. */
    Segment createFromReserve(long number, int size) throws IOException {
        Path file = file(number);
        Path unfinished = unfinished(file);
        try {
            Segment segment = Segment.create(unfinished, file, number, size);
            put(unfinished, file);
            return segment;
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    /** A segment that served keeps its blocks and its pages: nothing has to be written before it is written to. */
    private Segment renewed(Segment old, long number) throws IOException {
        Path file = file(number);
        try {
            Segment segment = old.renewed(file, number);
            put(unfinished(old.file()), file);
            return segment;
        } catch (IOException | UncheckedIOException e) {
            discard(old);
            throw e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
        }
    }

    /**
     * Takes a segment that is not needed any more: for its next use if nothing waits for one yet, or else to delete it.
     *
     * @param isSpared the journal may keep one file more than it uses
     */
    void retire(Segment segment, boolean isSpared) throws IOException {
        if (!isSpared || !segment.isRenewable() || freeBytes() < minFreeBytes) {
            delete(segment);
            return;
        }
        Files.move(segment.file(), unfinished(segment.file()), StandardCopyOption.ATOMIC_MOVE);
        Segment before = retired.getAndSet(segment);
        if (before != null) {
            discard(before);
        }
    }

    /** Of a retired one, which has another name. */
    private static void discard(Segment segment) throws IOException {
        segment.close();
        Files.deleteIfExists(unfinished(segment.file()));
    }

    void delete(Segment segment) throws IOException {
        segment.close();
        Files.deleteIfExists(segment.file());
    }

    @Override
    public void close() throws IOException {
        Segment old = retired.getAndSet(null);
        if (old != null) {
            discard(old);
        }
        lock.release();
        lockChannel.close();
    }

    private long freeBytes() throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    private Path file(long number) {
        return directory.resolve("usage-%016x%s".formatted(number, SUFFIX));
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    private void put(Path unfinished, Path file) throws IOException {
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        sync();
    }

    private void sync() throws IOException {
        try (FileChannel self = FileChannel.open(directory, StandardOpenOption.READ)) {
            self.force(true);
        }
    }

    private static FileLock tryLock(FileChannel channel, Path directory) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IOException("another process has the journal in " + directory);
        }
        return lock;
    }

    private static UUID node(Path directory) throws IOException {
        Path file = directory.resolve("node");
        if (Files.exists(file)) {
            return UUID.fromString(
                    Files.readString(file, StandardCharsets.UTF_8).strip());
        }
        UUID node = UUID.randomUUID();
        Path unfinished = directory.resolve("node" + UNFINISHED);
        Files.writeString(
                unfinished,
                node + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return node;
    }
}
