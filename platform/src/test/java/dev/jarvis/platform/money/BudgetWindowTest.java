package dev.jarvis.platform.money;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BudgetWindowTest {
    @ParameterizedTest
    @CsvSource({
        // Plain days, weeks and months.
        "2026-05-13T10:00:00Z, day,   UTC,                2026-05-13T00:00:00Z, 2026-05-14T00:00:00Z",
        "2026-05-13T10:00:00Z, week,  UTC,                2026-05-11T00:00:00Z, 2026-05-18T00:00:00Z",
        "2026-05-11T00:00:00Z, week,  UTC,                2026-05-11T00:00:00Z, 2026-05-18T00:00:00Z",
        "2026-05-17T23:59:59Z, week,  UTC,                2026-05-11T00:00:00Z, 2026-05-18T00:00:00Z",
        "2028-02-29T12:00:00Z, month, UTC,                2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        "2026-12-31T23:59:59Z, month, UTC,                2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
        // Midnight is somewhere else, also by quarters of an hour.
        "2026-05-13T16:30:00Z, day,   Asia/Shanghai,      2026-05-13T16:00:00Z, 2026-05-14T16:00:00Z",
        "2026-05-13T15:59:59Z, day,   Asia/Shanghai,      2026-05-12T16:00:00Z, 2026-05-13T16:00:00Z",
        "2026-05-13T18:15:00Z, day,   Asia/Kathmandu,     2026-05-13T18:15:00Z, 2026-05-14T18:15:00Z",
        "2026-04-30T18:00:00Z, month, Asia/Shanghai,      2026-04-30T16:00:00Z, 2026-05-31T16:00:00Z",
        // 23 and 25 hours; the week and the month that hold them.
        "2026-03-29T12:00:00Z, day,   Europe/Berlin,      2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "2026-10-25T12:00:00Z, day,   Europe/Berlin,      2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "2026-03-29T12:00:00Z, week,  Europe/Berlin,      2026-03-22T23:00:00Z, 2026-03-29T22:00:00Z",
        "2026-10-31T12:00:00Z, month, Europe/Berlin,      2026-09-30T22:00:00Z, 2026-10-31T23:00:00Z",
        // No midnight: the day begins at one o'clock.
        "2026-04-24T12:00:00Z, day,   Africa/Cairo,       2026-04-23T22:00:00Z, 2026-04-24T21:00:00Z",
        // Midnight comes twice: the day begins with the first.
        "2026-11-01T04:30:00Z, day,   America/Havana,     2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
        "2026-11-01T05:30:00Z, day,   America/Havana,     2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
        // One minute of Sunday, then again an hour of Saturday: it stays Sunday.
        "2010-11-07T03:00:00Z, day,   America/St_Johns,   2010-11-07T02:30:00Z, 2010-11-08T03:30:00Z",
        // A date that never was.
        "2011-12-30T09:00:00Z, day,   Pacific/Apia,       2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z",
        "2011-12-30T10:00:00Z, day,   Pacific/Apia,       2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z",
    })
    void c22_windowsBeginWithTheCalendarOfTheirTimeZone(
            Instant moment, String period, ZoneId zone, Instant startsAt, Instant endsAt) {
        assertThat(BudgetWindow.at(moment, BudgetPeriod.of(period), zone))
                .isEqualTo(new BudgetWindow(startsAt, endsAt));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Asia/Shanghai",
                "Europe/Berlin",
                "America/New_York",
                "America/St_Johns",
                "America/Havana",
                "Asia/Beirut",
                "Africa/Cairo",
                "Pacific/Apia",
                "Australia/Lord_Howe"
            })
    void c22_everyMomentLiesInExactlyOneWindow(ZoneId zone) {
        for (BudgetPeriod period : new BudgetPeriod[] {BudgetPeriod.DAY, BudgetPeriod.WEEK, BudgetPeriod.MONTH}) {
            BudgetWindow window = BudgetWindow.at(Instant.parse("2009-12-31T12:00:00Z"), period, zone);
            for (Instant moment = window.startsAt();
                    moment.isBefore(Instant.parse("2013-01-01T00:00:00Z"));
                    moment = moment.plus(Duration.ofMinutes(30))) {
                BudgetWindow now = BudgetWindow.at(moment, period, zone);
                assertThat(now.contains(moment))
                        .as("%s %s %s", zone, period, moment)
                        .isTrue();
                if (!now.equals(window)) {
                    assertThat(now.startsAt()).isEqualTo(window.endsAt());
                    window = now;
                }
            }
        }
    }

    @Test
    void aTotalIsOneWindowForEver() {
        BudgetWindow window = BudgetWindow.at(Instant.now(), BudgetPeriod.TOTAL, ZoneId.of("Asia/Shanghai"));

        assertThat(window).isEqualTo(BudgetWindow.ALWAYS);
        assertThat(window.ends()).isFalse();
        assertThat(window.contains(Instant.EPOCH)).isTrue();
        assertThat(BudgetWindow.of(OffsetDateTime.MIN, OffsetDateTime.MAX)).isEqualTo(window);
        assertThat(window.startColumn()).isEqualTo(OffsetDateTime.MIN);
        assertThat(window.endColumn()).isEqualTo(OffsetDateTime.MAX);
    }

    @Test
    void periodsHaveNames() {
        assertThat(BudgetPeriod.of("month")).isEqualTo(BudgetPeriod.MONTH);
        assertThatThrownBy(() -> BudgetPeriod.of("year")).hasMessageContaining("year");
    }
}
