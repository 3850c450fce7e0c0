package dev.jarvis.gateway.meter;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Sees to it that the partition of a day is there before its first row: a week ahead, and whenever one is missing. */
final class UsagePartitions {
    private static final int DAYS_AHEAD = 7;
    private static final int REMEMBERED = 1000;

    private final UsageTable table;
    private final InstantSource clock;
    private final Set<LocalDate> known = new HashSet<>();
    private LocalDate aheadOf = LocalDate.MIN;

    UsagePartitions(UsageTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Once a day, makes those of the coming week. */
    void lookAhead() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(aheadOf)) {
            for (int day = 0; day <= DAYS_AHEAD; day++) {
                ensure(Set.of(today.plusDays(day)));
            }
            aheadOf = today;
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
