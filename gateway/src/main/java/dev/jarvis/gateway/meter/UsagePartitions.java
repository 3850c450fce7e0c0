package dev.jarvis.gateway.meter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Sees to it that the partition of a day is there before its first row: a week ahead, and whenever one is missing. */
final class UsagePartitions {
    private static final Logger LOG = LoggerFactory.getLogger(UsagePartitions.class);
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final int DAYS_AHEAD = 7;
    private static final int REMEMBERED = 1000;

    private final UsageTable table;
    private final InstantSource clock;
    private final Set<LocalDate> known = new HashSet<>();
    private LocalDate aheadOf = LocalDate.MIN;
    private Instant nextTry = Instant.MIN;

    UsagePartitions(UsageTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * Once a day, makes those of the coming week. Where a long report holds the table it is tried again a minute later:
     * shipping into the partitions that are there must not wait for those that will be needed tomorrow.
     */
    void lookAhead() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (today.equals(aheadOf) || now.isBefore(nextTry)) {
            return;
        }
        try {
            for (int day = 0; day <= DAYS_AHEAD; day++) {
                ensure(Set.of(today.plusDays(day)));
            }
            aheadOf = today;
        } catch (RuntimeException e) {
            if (!SqlFault.of(e).isLockTimeout()) {
                throw e;
            }
            nextTry = now.plus(RETRY);
            LOG.info("The partitions of the coming week are made later: the table is in use");
        }
    }

    void ensure(Collection<LocalDate> days) {
        for (LocalDate day : days) {
            if (!known.contains(day)) {
                table.ensurePartition(day);
                if (known.size() >= REMEMBERED) {
                    known.clear();
                }
                known.add(day);
            }
        }
    }

    /** Someone may have dropped one. */
    void forget() {
        known.clear();
    }
}
