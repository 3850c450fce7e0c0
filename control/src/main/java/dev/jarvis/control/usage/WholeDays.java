package dev.jarvis.control.usage;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/**
 * The longest run of UTC days that lie within a range and that no bucket begins within: daily rollups answer for them,
 * hourly ones for what is before and after. In a zone whose days are not UTC's, a report by day has none.
 *
 * @param end the day after the last; equal to {@code first} if there is none
 */
record WholeDays(LocalDate first, LocalDate end) {
    static WholeDays of(TimeRange range, TimeBuckets buckets) {
        LocalDate day = LocalDate.ofInstant(range.from().plusNanos(86_400_000_000_000L - 1), ZoneOffset.UTC);
        LocalDate last = LocalDate.ofInstant(range.to(), ZoneOffset.UTC);
        if (!day.isBefore(last)) {
            return new WholeDays(day, day);
        }
        WholeDays longest = new WholeDays(day, day);
        LocalDate first = day;
        for (Instant start : buckets.starts()) {
            LocalDate cut = LocalDate.ofInstant(start, ZoneOffset.UTC);
            if (!start.equals(midnight(cut)) && !cut.isBefore(first) && cut.isBefore(last)) {
                longest = longer(longest, new WholeDays(first, cut));
                first = cut.plusDays(1);
            }
        }
        return longer(longest, new WholeDays(first, last));
    }

    /** Of these days, those that make whole weeks, from Monday. */
    WholeDays weeks() {
        LocalDate monday = first.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        LocalDate last = end.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return monday.isBefore(last) ? new WholeDays(monday, last) : none();
    }

    WholeDays none() {
        return new WholeDays(first, first);
    }

    /** Where the hours before these days end: at the range's end, if there are no such days. */
    Instant start(TimeRange range) {
        return isNone() ? range.to() : midnight(first);
    }

    /** Where the hours after these days begin. */
    Instant finish(TimeRange range) {
        return isNone() ? range.to() : midnight(end);
    }

    private boolean isNone() {
        return !first.isBefore(end);
    }

    private static WholeDays longer(WholeDays one, WholeDays other) {
        return other.end.toEpochDay() - other.first.toEpochDay() > one.end.toEpochDay() - one.first.toEpochDay()
                ? other
                : one;
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
