package dev.jarvis.platform.money;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** How long an amount lasts before there is a fresh one: for ever, a calendar day, a week from Monday, a calendar month. */
public enum BudgetPeriod {
    TOTAL("total"),
    DAY("day"),
    WEEK("week"),
    MONTH("month");

    private final String code;

    BudgetPeriod(String code) {
        this.code = code;
    }

    /** The name in the database and in APIs. */
    public String code() {
        return code;
    }

    /** @throws IllegalArgumentException if there is no such period */
    public static BudgetPeriod of(String code) {
        for (BudgetPeriod period : values()) {
            if (period.code.equals(code)) {
                return period;
            }
        }
        throw new IllegalArgumentException("no such budget period: " + code);
    }

    /** The first day of the period that a day lies in. */
    LocalDate firstDay(LocalDate day) {
        return switch (this) {
            case TOTAL -> throw new IllegalStateException("a total has no days");
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The first day of the following period. */
    LocalDate next(LocalDate firstDay) {
        return switch (this) {
            case TOTAL -> throw new IllegalStateException("a total has no days");
            case DAY -> firstDay.plusDays(1);
            case WEEK -> firstDay.plusWeeks(1);
            case MONTH -> firstDay.plusMonths(1);
        };
    }
}
