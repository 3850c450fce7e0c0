package dev.jarvis.control.usage;

import dev.jarvis.platform.http.Refusal;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The time that a report covers: from {@code from} up to, and without, {@code to}.
 *
 * @param zone in which dates are read and days begin
 */
public record TimeRange(Instant from, Instant to, ZoneId zone) {
    private static final int DEFAULT_DAYS = 30;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2101-01-01T00:00:00Z");

    /**
     * Reads the bounds. Without {@code to} the range ends with today, without {@code from} it is 30 days long.
     *
     * @param from a date (its first moment in the zone) or a moment with its offset, as in ISO 8601
     * @throws Refusal 400 {@code invalid_range}
     */
    public static TimeRange read(Optional<String> from, Optional<String> to, Optional<String> zone, Clock clock) {
        ZoneId reportZone = zone.map(TimeRange::zone).orElse(ZoneOffset.UTC);
        Instant end = to.map(text -> moment(text, reportZone, "to"))
                .orElseGet(() -> LocalDate.now(clock.withZone(reportZone))
                        .plusDays(1)
                        .atStartOfDay(reportZone)
                        .toInstant());
        Instant start = from.map(text -> moment(text, reportZone, "from"))
                .orElseGet(() -> end.atZone(reportZone).minusDays(DEFAULT_DAYS).toInstant());
        if (!start.isBefore(end)) {
            throw invalid("'to' must be later than 'from'", "to");
        }
        return new TimeRange(start, end, reportZone);
    }

    /** @throws Refusal 400 {@code invalid_range} if the range is longer */
    void requireAtMost(int days, String groupedBy) {
        if (Duration.between(from, to).compareTo(Duration.ofDays(days)) > 0) {
            throw invalid("grouped by " + groupedBy + " a report covers at most " + days + " days", "from");
        }
    }

    /**
     * The period of the same length that ends where this one begins. Where both bounds are days' beginnings it has as many
     * days, however many hours those have.
     */
    TimeRange before() {
        ZonedDateTime start = from.atZone(zone);
        ZonedDateTime end = to.atZone(zone);
        boolean wholeDays = start.toLocalDate().atStartOfDay(zone).toInstant().equals(from)
                && end.toLocalDate().atStartOfDay(zone).toInstant().equals(to);
        Instant earlier = wholeDays
                ? start.toLocalDate()
                        .minusDays(ChronoUnit.DAYS.between(start.toLocalDate(), end.toLocalDate()))
                        .atStartOfDay(zone)
                        .toInstant()
                : from.minus(Duration.between(from, to));
        return new TimeRange(earlier, from, zone);
    }

    /** A moment as the report's reader sees it: with the zone's offset. */
    public OffsetDateTime local(Instant moment) {
        return moment.atZone(zone).toOffsetDateTime();
    }

    private static ZoneId zone(String text) {
        if (text.equals("UTC") || text.equals("Z")) {
            return ZoneOffset.UTC;
        }
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw invalid("'tz' must be a name of the IANA time zone database, for example Asia/Shanghai", "tz");
        }
        return ZoneId.of(text);
    }

    private static Instant moment(String text, ZoneId zone, String param) {
        try {
            Instant moment = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
                throw invalid("'" + param + "' must lie between the years 2000 and 2100", param);
            }
            return moment;
        } catch (DateTimeException e) {
            throw invalid(
                    "'" + param + "' must be a date (2026-11-23) or a moment (2026-11-23T08:00:00Z; write + as %2B)",
                    param);
        }
    }

    private static Refusal invalid(String what, String param) {
        return Refusal.badRequest("invalid_range", "The time range is not acceptable: " + what + ".", param);
    }
}
