package dev.jarvis.control.budget;

import dev.jarvis.platform.money.BudgetPeriod;
import dev.jarvis.platform.money.BudgetUnit;
import dev.jarvis.platform.money.BudgetWindow;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/**
 * A budget as the table has it.
 *
 * @param subjectName of the team, user, caller key or model, for people; empty: the whole organisation
 */
record BudgetRow(
        UUID id,
        BudgetFields fields,
        Optional<String> subjectName,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    BudgetUnit unit() {
        return fields.unit();
    }

    /** The window that a moment lies in. */
    BudgetWindow windowAt(Instant moment) {
        BudgetPeriod period = fields.period();
        return BudgetWindow.at(moment, period, ZoneId.of(fields.timeZone()));
    }
}
