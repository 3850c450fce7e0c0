package dev.jarvis.gateway.meter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * Syncs what was appended to the disk, one sync for all appends of the last few milliseconds, and retires segments that
 * are not needed any more. It looks on its own clock instead of being woken: waking a thread is a system call, and
 * appends happen on event loops.
 */
final class GroupSync {
    private static final Logger LOG = LoggerFactory.getLogger(GroupSync.class);
    private static final Duration PAUSE = Duration.ofMillis(4);

    private final UsageJournal journal;
    private final JournalDirectory directory;
    private final Releases releases;
    private long synced;
    private volatile boolean failed;

    GroupSync(UsageJournal journal, JournalDirectory directory, Releases releases) {
        this.journal = journal;
        this.directory = directory;
        this.releases = releases;
    }

    /** Whether the disk failed to keep what was written. It stays so: what the kernel then still has is not known. */
    boolean hasFailed() {
        return failed;
    }

    Duration sync() {
        List<Segment> finished = journal.finished();
        long end = journal.position();
        if (end > synced && !failed) {
            try {
                force(end);
            } catch (UncheckedIOException | InternalError e) {
                failed = true;
                LOG.error("The disk refused to sync the usage journal; no more requests are admitted", e);
            }
        }
        if (!failed) {
            synced = end;
            releases.safeUpTo(end);
            finished.forEach(this::retire);
        }
        return PAUSE;
    }

    private void force(long end) {
        for (Segment segment : journal.from(synced >>> 32)) {
            int from = segment.number() == synced >>> 32 ? (int) synced : 0;
            int to = segment.number() == end >>> 32 ? (int) end : segment.written();
            if (segment.number() <= end >>> 32 && to > from) {
                segment.force(from, to);
            }
        }
    }

    /** Only after the sync of its attempts' settlements: until then an OPEN in it may be all that a power cut leaves. */
    private void retire(Segment segment) {
        boolean spared = journal.forget(segment);
        try {
            directory.retire(segment, spared);
        } catch (IOException e) {
            LOG.warn("A shipped journal segment could not be put away; it is tried again at the next start", e);
        }
        journal.askForSegments();
    }
}
