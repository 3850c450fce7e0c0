package dev.jarvis.platform.money;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The stretch of time that one amount of a budget is for. The windows of a budget follow each other without a gap, also
 * where clocks are changed: a day begins with the first moment that bears its date, be that midnight or not.
 *
 * @param startsAt the first moment of it; of {@link #ALWAYS} before every other
 * @param endsAt the first moment after it: when the budget resets
 */
public record BudgetWindow(Instant startsAt, Instant endsAt) {
    /** The one window of a total. Its ends are what the JDBC driver reads from PostgreSQL's infinities. */
    public static final BudgetWindow ALWAYS =
            new BudgetWindow(OffsetDateTime.MIN.toInstant(), OffsetDateTime.MAX.toInstant());

    /** The window that a moment lies in. */
    public static BudgetWindow at(Instant moment, BudgetPeriod period, ZoneId zone) {
        if (period == BudgetPeriod.TOTAL) {
            return ALWAYS;
        }
        LocalDate first = period.firstDay(moment.atZone(zone).toLocalDate());
        BudgetWindow window = between(first, period, zone);
        // Where clocks were put back across midnight, a date ends, begins and ends again: what counts is its first
        // beginning.
        return window.contains(moment) ? window : between(period.next(first), period, zone);
    }

    /** A window as the database has it. */
    public static BudgetWindow of(OffsetDateTime startsAt, OffsetDateTime endsAt) {
        return new BudgetWindow(startsAt.toInstant(), endsAt.toInstant());
    }

    public boolean contains(Instant moment) {
        return !moment.isBefore(startsAt) && moment.isBefore(endsAt);
    }

    /** Whether it ends at all. */
    public boolean ends() {
        return !equals(ALWAYS);
    }

    /** {@link #startsAt} for a timestamptz: the driver writes -infinity for the least. */
    public OffsetDateTime startColumn() {
        return ends() ? startsAt.atOffset(ZoneOffset.UTC) : OffsetDateTime.MIN;
    }

    /** {@link #endsAt} for a timestamptz: the driver writes infinity for the greatest. */
    public OffsetDateTime endColumn() {
        return ends() ? endsAt.atOffset(ZoneOffset.UTC) : OffsetDateTime.MAX;
    }

    private static BudgetWindow between(LocalDate first, BudgetPeriod period, ZoneId zone) {
        return new BudgetWindow(
                first.atStartOfDay(zone).toInstant(),
                period.next(first).atStartOfDay(zone).toInstant());
    }
}
