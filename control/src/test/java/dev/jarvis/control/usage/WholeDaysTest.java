package dev.jarvis.control.usage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

import static org.assertj.core.api.Assertions.assertThat;

/** Daily rollups answer for a day only where nothing begins or ends within it. */
class WholeDaysTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-01T00:00:00Z, 2026-11-04T00:00:00Z, UTC, true, 2026-11-01, 2026-11-04",
        "2026-11-01T00:00:00Z, 2026-11-04T00:00:00Z, UTC, false, 2026-11-01, 2026-11-04",
        "2026-11-01T00:00:00.1Z, 2026-11-03T23:00:00Z, UTC, true, 2026-11-02, 2026-11-03",
        "2026-11-01T16:00:00Z, 2026-11-05T16:00:00Z, Asia/Shanghai, false, 2026-11-02, 2026-11-05",
        "2026-01-01T00:00:00Z, 2026-07-01T00:00:00Z, Europe/London, true, 2026-01-01, 2026-03-29",
    })
    void theLongestRunOfDaysThatNothingCuts(
            Instant from, Instant to, String zone, boolean byDay, LocalDate first, LocalDate end) {
        TimeRange range = new TimeRange(from, to, ZoneId.of(zone));

        assertThat(WholeDays.of(range, byDay ? TimeBuckets.days(range) : TimeBuckets.none()))
                .isEqualTo(new WholeDays(first, end));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T16:00:00Z, 2026-11-05T16:00:00Z, Asia/Shanghai",
        "2026-11-01T01:00:00Z, 2026-11-01T05:00:00Z, UTC",
    })
    void thereMayBeNone(Instant from, Instant to, String zone) {
        TimeRange range = new TimeRange(from, to, ZoneId.of(zone));
        WholeDays days = WholeDays.of(range, TimeBuckets.days(range));

        assertThat(days.first()).isEqualTo(days.end());
        assertThat(days.start(range)).isEqualTo(to);
    }
}
