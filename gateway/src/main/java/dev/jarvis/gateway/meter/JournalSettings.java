package dev.jarvis.gateway.meter;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the usage journal lives and how much of the disk it may take.
 *
 * @param directory of this node alone; holds its id, its lock and its segments
 * @param nodeName shown to operators beside the node's id
 * @param segmentBytes of one journal file, 64 KiB to 1 GiB
 * @param maxBytes of all journal files: beyond it no attempt is admitted until PostgreSQL has taken some
 * @param minFreeBytes that the journal leaves free on its disk, for the segment that the next start may need
 * @param closeWait how long closing waits for PostgreSQL to take what is left; the rest waits for the next start
 */
public record JournalSettings(
        Path directory,
        String nodeName,
        Durability durability,
        int segmentBytes,
        long maxBytes,
        long minFreeBytes,
        Duration closeWait) {
    private static final int MIN_SEGMENT = 64 * 1024;
    private static final int MAX_SEGMENT = 1 << 30;

    public JournalSettings {
        if (segmentBytes < MIN_SEGMENT || segmentBytes > MAX_SEGMENT || segmentBytes % 8 != 0) {
            throw new IllegalArgumentException("a journal segment has 64 KiB to 1 GiB, a multiple of 8 bytes");
        }
        if (maxBytes < 4L * segmentBytes) {
            throw new IllegalArgumentException("the journal needs room for at least four segments");
        }
        if (minFreeBytes < 0 || closeWait.isNegative()) {
            throw new IllegalArgumentException("the journal's limits cannot be negative");
        }
    }

    /** 16 MiB segments, at most 4 GiB of them, 256 MiB left free, ten seconds to close. */
    public static JournalSettings of(Path directory, String nodeName, Durability durability) {
        return new JournalSettings(
                directory, nodeName, durability, 16 << 20, 4L << 30, 256L << 20, Duration.ofSeconds(10));
    }

    /**
     * The same on another disk. Segments are a sixteenth of a journal that is small, so that it can still turn over.
     *
     * @param most bytes of all files, at least 1 MiB
     * @param keepFree bytes that are left free on the disk
     */
    public JournalSettings within(long most, long keepFree) {
        long sixteenth = most / 16 / MIN_SEGMENT * MIN_SEGMENT;
        int segment = (int) Math.clamp(sixteenth, MIN_SEGMENT, segmentBytes);
        return new JournalSettings(directory, nodeName, durability, segment, most, keepFree, closeWait);
    }

    /** The same with another wait at closing. */
    public JournalSettings withCloseWait(Duration wait) {
        return new JournalSettings(directory, nodeName, durability, segmentBytes, maxBytes, minFreeBytes, wait);
    }
}
