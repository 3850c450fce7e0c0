package dev.jarvis.control.usage;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where a report's days or hours begin. They are worked out here, by one set of time zone rules, and the database only
 * sorts rows into them; a day may have 23 or 25 hours, and the hour that a clock repeats is two hours.
 *
 * @param starts in order; the first is at or before the range's beginning
 */
record TimeBuckets(List<Instant> starts) {
    private static final long HOUR = 3600;

    /** The whole range as one. */
    static TimeBuckets none() {
        return new TimeBuckets(List.of());
    }

    static TimeBuckets days(TimeRange range) {
        return new TimeBuckets(Stream.iterate(range.from().atZone(range.zone()).toLocalDate(), date -> date.plusDays(1))
                .map(date -> date.atStartOfDay(range.zone()).toInstant())
                .takeWhile(start -> start.isBefore(range.to()))
                .toList());
    }

    static TimeBuckets hours(TimeRange range) {
        List<Instant> starts = new ArrayList<>();
        Instant first = range.from().minusSeconds(sinceHour(range.from(), range.zone()));
        for (Instant start = floor(first); start.isBefore(range.to()); start = next(start, range.zone())) {
            starts.add(start);
        }
        return new TimeBuckets(starts);
    }

    /** The UTC hours that a bound of the range or the beginning of a bucket cuts: rollups cannot answer for them. */
    List<Instant> cutHours(TimeRange range) {
        TreeSet<Instant> cut = new TreeSet<>();
        Stream.concat(Stream.of(range.from(), range.to()), starts.stream())
                .filter(bound -> !floorToHour(bound).equals(bound))
                .forEach(bound -> cut.add(floorToHour(bound)));
        return List.copyOf(cut);
    }

    private static Instant next(Instant start, ZoneId zone) {
        Instant next = start.plusSeconds(HOUR - sinceHour(start, zone));
        ZoneOffsetTransition change = zone.getRules().nextTransition(start);
        return change != null && change.getInstant().isBefore(next) ? change.getInstant() : next;
    }

    /** Seconds since the zone's clocks last showed a full hour. */
    private static long sinceHour(Instant moment, ZoneId zone) {
        long offset = zone.getRules().getOffset(moment).getTotalSeconds();
        return Math.floorMod(moment.getEpochSecond() + offset, HOUR);
    }

    private static Instant floor(Instant moment) {
        return Instant.ofEpochSecond(moment.getEpochSecond());
    }

    private static Instant floorToHour(Instant moment) {
        return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), HOUR) * HOUR);
    }
}
