package dev.jarvis.gateway.meter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The append side of the journal. An append is a copy into mapped memory under a lock that is never held for longer than
 * such a copy, so event loops may call it; files are made, synced and deleted by threads of their own.
 *
 * <p>Room is counted, not hoped for: an open attempt holds a claim on the room of its settlement, and an attempt is
 * opened only when all claims and its own still fit into the segments that are already on the disk. A segment holds at
 * least its size less one longest frame, whatever the order of frames, because a frame that does not fit moves on to
 * the next. So a settlement always fits, and only {@link #open} can refuse.
 */
final class UsageJournal {
    /** Spare segments kept ready beyond what is claimed. */
    private static final int SPARES = 2;

    private final int segmentBytes;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean segmentWanted = new AtomicBoolean();

    /** All segments with something in them, and the current one. Guarded by the lock, as all below. */
    private final TreeMap<Long, Segment> segments = new TreeMap<>();

    private final Deque<Segment> spares = new ArrayDeque<>();
    private @Nullable Segment current;
    private long nextNumber;
    private long claimed;
    private long settled;
    private long bytes;
    private boolean closed;

    /** Wakes whoever makes segments. Set once, before the first attempt. */
    private volatile Runnable wantSegment = () -> {};

    /** @param settled by this node so far, those of the existing segments among them */
    UsageJournal(JournalSettings settings, Collection<Segment> existing, long settled) {
        this.settled = settled;
        segmentBytes = settings.segmentBytes();
        maxBytes = settings.maxBytes();
        for (Segment segment : existing) {
            segments.put(segment.number(), segment);
            bytes += segment.size();
        }
        nextNumber = segments.isEmpty() ? 1 : segments.lastKey() + 1;
    }

    /** Room in the journal that an open attempt holds for its settlement. */
    record Claim(Segment home, int bytes) {}

    /**
     * Writes an OPEN frame and claims room for its settlement.
     *
     * @throws Meter.NotAdmittingException if there is no room for both
     */
    Claim open(Frame frame, int settledAtMost) {
        lock.lock();
        try {
            long surplus = surplus() - frame.length() - settledAtMost;
            if (surplus < (long) usable() * SPARES / 2) {
                askForSegment();
            }
            if (closed) {
                throw new Meter.NotAdmittingException("the usage journal is closing");
            }
            if (surplus < 0) {
                throw new Meter.NotAdmittingException("the usage journal has no room for another attempt");
            }
            Segment home = append(frame);
            home.liveOpens++;
            claimed += settledAtMost;
            return new Claim(home, settledAtMost);
        } finally {
            lock.unlock();
        }
    }

    /** Writes a PROGRESS frame, unless the room is needed for settlements: a later one says more. */
    void note(Frame frame) {
        lock.lock();
        try {
            if (surplus() >= frame.length()) {
                append(frame);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes a SETTLED frame into the room that was claimed for it. Returns the position after it. */
    long settle(Frame frame, Claim claim) {
        lock.lock();
        try {
            claimed -= claim.bytes();
            claim.home().liveOpens--;
            Segment segment = append(frame);
            settled++;
            return position(segment);
        } finally {
            lock.unlock();
        }
    }

    /** Writes the SETTLED frame of an attempt that an earlier process opened. */
    void settleInterrupted(Frame frame) {
        lock.lock();
        try {
            append(frame);
            settled++;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a segment that is complete on the disk. */
    void add(Segment segment) {
        lock.lock();
        try {
            bytes += segment.size();
            if (current == null) {
                segment.beginAfter(settled);
                current = segment;
                segments.put(segment.number(), segment);
            } else {
                spares.add(segment);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The number for another segment, or 0 if there are enough or no more are allowed. */
    long numberOfWantedSegment() {
        lock.lock();
        try {
            boolean enough = surplus() >= (long) usable() * SPARES;
            if (enough) {
                segmentWanted.set(false);
            }
            boolean full = bytes + segmentBytes > maxBytes;
            return enough || full ? 0 : nextNumber++;
        } finally {
            lock.unlock();
        }
    }

    /** The number for a segment that is needed whatever the limits, or 0 if this many bytes fit. */
    long numberOfNeededSegment(long neededBytes) {
        lock.lock();
        try {
            return surplus() >= neededBytes ? 0 : nextNumber++;
        } finally {
            lock.unlock();
        }
    }

    void onSegmentWanted(Runnable wake) {
        wantSegment = wake;
    }

    boolean hasRoom() {
        lock.lock();
        try {
            return !closed && surplus() >= 2L * Frame.MAX_LENGTH;
        } finally {
            lock.unlock();
        }
    }

    /** No more attempts; those that are open can still be settled. */
    void stopAdmitting() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Everything appended before this call lies before this position. */
    long position() {
        lock.lock();
        try {
            return current == null ? 0 : position(current);
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of all files, spare ones included. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** The segments from a number on, oldest first. */
    List<Segment> from(long number) {
        lock.lock();
        try {
            return List.copyOf(segments.tailMap(number).values());
        } finally {
            lock.unlock();
        }
    }

    /** The next segment after a sealed one, or {@code null} while it is still written to. */
    @Nullable
    Segment after(Segment segment) {
        lock.lock();
        try {
            var next = segment.sealed ? segments.higherEntry(segment.number()) : null;
            return next == null ? null : next.getValue();
        } finally {
            lock.unlock();
        }
    }

    /** Sealed segments whose settlements are in PostgreSQL and whose attempts are settled. */
    List<Segment> finished() {
        lock.lock();
        try {
            List<Segment> finished = new ArrayList<>();
            for (Segment segment : segments.values()) {
                if (segment.sealed && segment.shipped && segment.liveOpens == 0) {
                    finished.add(segment);
                }
            }
            return finished;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets a finished segment. {@link #askForSegments} must follow, once its file can be used.
     *
     * @return whether its file may be kept for another use: within the limit even if a segment is added beside it
     */
    boolean forget(Segment segment) {
        lock.lock();
        try {
            segments.remove(segment.number());
            bytes -= segment.size();
            return bytes + segment.size() + segmentBytes <= maxBytes;
        } finally {
            lock.unlock();
        }
    }

    /** There is room again for segments that could not be made. */
    void askForSegments() {
        wantSegment.run();
    }

    static long position(long segmentNumber, int offset) {
        return segmentNumber << 32 | offset;
    }

    private static long position(Segment segment) {
        return position(segment.number(), segment.written());
    }

    private Segment append(Frame frame) {
        Segment segment = current;
        if (segment == null || segment.remaining() < frame.length()) {
            segment = rotate();
        }
        segment.append(frame);
        return segment;
    }

    private Segment rotate() {
        Segment next = spares.poll();
        if (next == null) {
            throw new IllegalStateException("the journal gave away room that it did not have");
        }
        if (current != null) {
            current.sealed = true;
        }
        next.beginAfter(settled);
        current = next;
        segments.put(next.number(), next);
        askForSegment();
        return next;
    }

    /** Bytes that are certain to be free beyond all claims. */
    private long surplus() {
        long rest = current == null ? 0 : Math.max(0, current.remaining() - Frame.MAX_LENGTH);
        return rest + (long) spares.size() * usable() - claimed;
    }

    private int usable() {
        return segmentBytes - Segment.HEADER - Frame.MAX_LENGTH;
    }

    private void askForSegment() {
        if (segmentWanted.compareAndSet(false, true)) {
            wantSegment.run();
        }
    }
}
