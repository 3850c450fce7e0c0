package dev.jarvis.gateway.budget;

import dev.jarvis.platform.money.BudgetPeriod;
import dev.jarvis.platform.money.BudgetWindow;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;

/**
 * The windows of a budget. The one that was asked for last is kept, since every request asks for today's and a calendar
 * takes a microsecond to find it. Thread-safe.
 */
final class Windows {
    private final BudgetPeriod period;
    private final ZoneId zone;
    private volatile @Nullable BudgetWindow last;

    Windows(BudgetPeriod period, ZoneId zone) {
        this.period = period;
        this.zone = zone;
    }

    /** The window that a moment lies in: there is only one. */
    BudgetWindow at(Instant moment) {
        BudgetWindow known = last;
        if (known != null && known.contains(moment)) {
            return known;
        }
        BudgetWindow found = BudgetWindow.at(moment, period, zone);
        last = found;
        return found;
    }
}
