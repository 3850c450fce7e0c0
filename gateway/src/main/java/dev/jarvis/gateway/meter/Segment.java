package dev.jarvis.gateway.meter;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One file of the journal, mapped into memory. Written by {@link UsageJournal} under its lock; read by the shipper up to
 * {@link #written}, which is published after the bytes.
 *
 * <p>The file is filled with real zeros before it is mapped: a store into a hole of a full disk would kill the process. A
 * file that has served is used again, with what it held: each frame is sealed for the segment it was written in, so one that
 * an earlier use left is none.
 */
final class Segment {
    static final int HEADER = 64;
    /** "JarvisJ3": a change of any record's layout is a new version here, so that an older program refuses to start. */
    static final long HEADER_MAGIC = 0x4a61727669734a33L;

    /** Segments of earlier versions are read and shipped, and never written to. Their frames have no seal. */
    private static final long SECOND_HEADER_MAGIC = 0x4a61727669734a32L;

    private static final long FIRST_HEADER_MAGIC = 0x4a61727669734a31L;

    /** Where the header says how many attempts the node had settled before this segment. */
    private static final int SETTLED_BEFORE = 16;

    private static final int NO_FRAME = 0;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final long number;
    private final Path file;
    private final Arena arena;
    private final MemorySegment memory;
    private final int seal;
    private volatile int written = HEADER;

    /** Attempts opened in this segment and not yet settled; guarded by the journal's lock. */
    int liveOpens;
    /** No more is written to it; guarded by the journal's lock. */
    boolean sealed;
    /** All its settlements are in PostgreSQL. */
    volatile boolean shipped;

    private Segment(long number, Path file, Arena arena, MemorySegment memory) {
        this.number = number;
        this.file = file;
        this.arena = arena;
        this.memory = memory;
        this.seal = memory.get(LONG, 0) == HEADER_MAGIC ? sealOf(number) : 0;
    }

    /** Another one for every number: multiplying by an odd number maps no two integers to one. */
    private static int sealOf(long number) {
        return (int) number * 0x9e3779b1;
    }

    /**
     * Makes the file of an empty segment and waits until the disk has it.
     *
     * @param file the name that it will be given when it is complete
     */
    static Segment create(Path unfinished, Path file, long number, int size) throws IOException {
        try (FileChannel channel = FileChannel.open(
                unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(Math.min(size, 1 << 16));
            zeros.putLong(0, HEADER_MAGIC).putLong(8, number);
            for (long at = 0; at < size; at += zeros.capacity()) {
                writeFully(channel, zeros.clear().limit((int) Math.min(zeros.capacity(), size - at)));
                zeros.putLong(0, 0).putLong(8, 0);
            }
            channel.force(true);
            Arena arena = arena();
            return new Segment(number, file, arena, channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena));
        }
    }

    /**
     * Maps a segment of an earlier process for reading, once the disk has what that process wrote. What is written in it
     * is found by {@link #next}.
     */
    static Segment existing(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.force(false);
            Arena arena = arena();
            MemorySegment memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            if (memory.byteSize() < HEADER || !isReadable(memory.get(LONG, 0))) {
                arena.close();
                throw new UnreadableSegmentException(file);
            }
            Segment segment = new Segment(memory.get(LONG, 8), file, arena, memory);
            segment.sealed = true;
            segment.written = (int) memory.byteSize();
            return segment;
        }
    }

    /** Whether {@link #renewed} may make another segment of it. */
    boolean isRenewable() {
        return !memory.isReadOnly();
    }

    /**
     * An empty segment in the same file and the same memory, once the disk has its header. Nobody may touch this one again.
     *
     * @param next the name that the file will be given
     */
    Segment renewed(Path next, long nextNumber) {
        memory.set(LONG, 0, HEADER_MAGIC);
        memory.set(LONG, 8, nextNumber);
        memory.set(LONG, SETTLED_BEFORE, 0);
        force(0, HEADER);
        return new Segment(nextNumber, next, arena, memory);
    }

    long number() {
        return number;
    }

    Path file() {
        return file;
    }

    /** How many attempts this node had settled before; 0 also in segments of earlier programs. */
    long settledBefore() {
        return memory.get(LONG, SETTLED_BEFORE);
    }

    /** Before anything is appended to it. */
    void beginAfter(long settled) {
        memory.set(LONG, SETTLED_BEFORE, settled);
    }

    int size() {
        return (int) memory.byteSize();
    }

    /** Where the next frame goes; everything before it can be read. */
    int written() {
        return written;
    }

    int remaining() {
        return size() - written;
    }

    /** Under the journal's lock, and only if it fits. */
    void append(Frame frame) {
        int at = written;
        MemorySegment.copy(frame.bytes(), 0, memory, ValueLayout.JAVA_BYTE, at, frame.length());
        memory.set(INT, at + (long) Frame.CRC_AT, memory.get(INT, at + (long) Frame.CRC_AT) ^ seal);
        written = at + frame.length();
    }

    /** Waits until the disk has what lies between two offsets. */
    void force(int from, int to) {
        memory.asSlice(from, to - from).force();
    }

    /**
     * The first whole frame at or after an offset, {@code null} if there is none before {@link #written}. Torn bytes are
     * stepped over: after a power cut a page may be missing between two that are there.
     */
    @Nullable
    Found next(int from) {
        int end = written;
        for (int at = from; at + Frame.HEADER <= end; at += Frame.ALIGNMENT) {
            int length = lengthAt(at, end);
            if (length == NO_FRAME) {
                continue;
            }
            Frame frame = Frame.whole(memory.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE), seal);
            if (frame != null) {
                return new Found(frame, at, at + length);
            }
        }
        return null;
    }

    /** Unmaps it. Nobody may touch it again. */
    void close() {
        arena.close();
    }

    private int lengthAt(int at, int end) {
        if (!Frame.isMagic(memory.get(INT, at))) {
            return NO_FRAME;
        }
        int length = memory.get(INT, at + 8L);
        boolean possible = length >= Frame.HEADER
                && length <= Frame.MAX_LENGTH
                && length % Frame.ALIGNMENT == 0
                && length <= end - at;
        return possible ? length : NO_FRAME;
    }

    private static boolean isReadable(long magic) {
        return magic == HEADER_MAGIC || magic == SECOND_HEADER_MAGIC || magic == FIRST_HEADER_MAGIC;
    }

    /** Closed by {@link #close}, when the file is deleted. */
    @SuppressWarnings("MustBeClosedChecker")
    private static Arena arena() {
        return Arena.ofShared();
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** A frame and the offsets of its first byte and of the one after its last. */
    record Found(Frame frame, int start, int end) {}

    /** Thrown for a file that is no segment, or one of a version that this program does not know. */
    static final class UnreadableSegmentException extends IOException {
        UnreadableSegmentException(Path file) {
            super("not a journal segment that this version can read: " + file.getFileName());
        }
    }
}
