package dev.jarvis.control.usage;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TimeBucketsTest {
    @Test
    void theDayOfTheClockChangeHas25Hours() {
        TimeRange day = range("2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", "America/New_York");

        assertThat(TimeBuckets.days(day).starts()).hasSize(1);
        assertThat(TimeBuckets.hours(day).starts()).hasSize(25);
        assertThat(TimeBuckets.hours(day).cutHours(day)).isEmpty();
    }

    @Test
    void anHourThatTheClockSkipsIsNotThere() {
        TimeRange day = range("2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", "America/New_York");

        assertThat(TimeBuckets.hours(day).starts()).hasSize(23);
    }

    /** Lord Howe's clocks go from 02:00 at +10:30 to 02:30 at +11, and back by half an hour. */
    @Test
    void aChangeOfHalfAnHourBeginsABucketOfItsOwn() {
        ZoneId zone = ZoneId.of("Australia/Lord_Howe");
        TimeRange spring = range("2026-10-03T14:30:00Z", "2026-10-03T17:00:00Z", zone.getId());

        assertThat(TimeBuckets.hours(spring).starts().stream()
                        .map(start -> start.atZone(zone).toOffsetDateTime().toString())
                        .toList())
                .isEqualTo(List.of("2026-10-04T01:00+10:30", "2026-10-04T02:30+11:00", "2026-10-04T03:00+11:00"));
    }

    @Test
    void aBoundWithinAnHourCutsThatHour() {
        TimeRange range = range("2026-11-01T04:10:00Z", "2026-11-01T09:00:00.5Z", "UTC");

        assertThat(TimeBuckets.none().cutHours(range))
                .containsExactly(Instant.parse("2026-11-01T04:00:00Z"), Instant.parse("2026-11-01T09:00:00Z"));
    }

    private static TimeRange range(String from, String to, String zone) {
        return new TimeRange(Instant.parse(from), Instant.parse(to), ZoneId.of(zone));
    }
}
