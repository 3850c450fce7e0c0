package dev.jarvis.gateway.meter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;

/** Makes segments ahead of need, so that no append ever waits for a file or finds the disk full. */
final class SegmentPreparation {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentPreparation.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final UsageJournal journal;
    private final JournalDirectory directory;
    private final int segmentBytes;
    private boolean failing;

    SegmentPreparation(UsageJournal journal, JournalDirectory directory, int segmentBytes) {
        this.journal = journal;
        this.directory = directory;
        this.segmentBytes = segmentBytes;
    }

    /** Makes what must be there before anything can be written: the current segment and room for so many bytes. */
    void prepareFor(long bytes) throws IOException {
        for (long number = journal.numberOfNeededSegment(bytes);
                number != 0;
                number = journal.numberOfNeededSegment(bytes)) {
            journal.add(directory.createFromReserve(number, segmentBytes));
        }
    }

    /** Makes what is wanted. A full disk is tried again: the journal has stopped admitting by then, by its own count. */
    Duration prepareWanted() {
        try {
            for (long number = journal.numberOfWantedSegment(); number != 0; number = journal.numberOfWantedSegment()) {
                journal.add(directory.create(number, segmentBytes));
            }
            if (failing) {
                LOG.info("The usage journal has room again");
                failing = false;
            }
        } catch (IOException e) {
            if (!failing) {
                LOG.error("The usage journal cannot grow; new requests are refused when its room is used up", e);
                failing = true;
            }
        }
        return PAUSE;
    }
}
