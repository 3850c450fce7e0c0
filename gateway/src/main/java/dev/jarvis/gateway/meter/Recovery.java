package dev.jarvis.gateway.meter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads what an earlier process left in the journal. Attempts that it settled ship as they are; one that it opened and
 * never settled, or whose settlement is torn, is settled here as interrupted, from the last progress it noted.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Map<UUID, Frame> open = new LinkedHashMap<>();
    private final Map<UUID, Progress> progress = new HashMap<>();
    private final List<Segment> empty = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private long settled;

    private Recovery() {}

    static Recovery read(List<Segment> segments) {
        Recovery recovery = new Recovery();
        for (Segment segment : segments) {
            recovery.read(segment);
        }
        if (!segments.isEmpty()) {
            LOG.info(
                    "The usage journal has {} settled attempts to ship and {} to settle as interrupted",
                    recovery.settled,
                    recovery.open.size());
        }
        return recovery;
    }

    /** Attempts that were settled, shipped or not. */
    long settled() {
        return settled;
    }

    /** What a segment holds of all that this node settled, by number: from the one after {@code from} to {@code to}. */
    record Kept(long from, long to) {}

    /** In the order of segments. */
    List<Kept> kept() {
        return List.copyOf(kept);
    }

    /** How many attempts this node has settled, as far as its journal knows. */
    long settledEver() {
        return kept.stream().mapToLong(Kept::to).max().orElse(0);
    }

    /** Segments that were prepared and never written to: nothing has to be shipped before they go. */
    List<Segment> empty() {
        return List.copyOf(empty);
    }

    /** The settlements that the earlier process could not write, in the order of opening. */
    List<Frame> interrupted() {
        List<Frame> frames = new ArrayList<>(open.size());
        open.forEach((id, frame) -> {
            OpenedAttempt attempt = frame.opened();
            UsageRecord record = UsageRecord.interrupted(attempt, progress.getOrDefault(id, Progress.NONE));
            frames.add(Frame.settled(OpeningFormat.encode(attempt), record));
        });
        return frames;
    }

    private void read(Segment segment) {
        int at = Segment.HEADER;
        long before = settled;
        if (segment.next(at) == null) {
            empty.add(segment);
        }
        for (Segment.Found found = segment.next(at); found != null; found = segment.next(at)) {
            if (found.start() > at) {
                LOG.warn("The usage journal has {} torn bytes in segment {}", found.start() - at, segment.number());
            }
            at = found.end();
            read(found.frame());
        }
        kept.add(new Kept(segment.settledBefore(), segment.settledBefore() + settled - before));
    }

    private void read(Frame frame) {
        UUID id = frame.attemptId();
        switch (frame.kind()) {
            case OPEN -> open.put(id, frame);
            case PROGRESS -> progress.put(id, frame.progress());
            case SETTLED -> {
                open.remove(id);
                progress.remove(id);
                settled++;
            }
        }
    }
}
