package dev.jarvis.control.budget;

import dev.jarvis.platform.money.BudgetUnit;
import dev.jarvis.platform.money.BudgetWindow;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.UUID;

/**
 * A budget with its current window.
 *
 * @param amount as are all amounts: text for money, a whole number for tokens
 */
record BudgetView(
        UUID id,
        String name,
        String scope,
        @Nullable UUID subjectId,
        @Nullable String subjectName,
        String enforcement,
        String unit,
        JsonNode amount,
        String period,
        String timeZone,
        @Nullable Integer warnPercent,
        String status,
        Window window,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * @param startsAt {@code null} of a total
     * @param resetsAt {@code null} of a total
     * @param limit the amount and the top-ups
     * @param reserved held by nodes for what is running or about to
     * @param remaining of the limit, not below zero
     */
    record Window(
            @Nullable Instant startsAt,
            @Nullable Instant resetsAt,
            JsonNode limit,
            JsonNode extra,
            JsonNode spent,
            JsonNode reserved,
            JsonNode remaining) {

        static Window of(BudgetFields fields, BudgetWindow window, WindowRow row) {
            BudgetUnit unit = fields.unit();
            long limit = fields.amount() + row.extra();
            long remaining = Math.max(0, limit - row.spent() - row.leased());
            return new Window(
                    window.ends() ? window.startsAt() : null,
                    window.ends() ? window.endsAt() : null,
                    BudgetAmount.show(limit, unit),
                    BudgetAmount.show(row.extra(), unit),
                    BudgetAmount.show(row.spent(), unit),
                    BudgetAmount.show(row.leased(), unit),
                    BudgetAmount.show(remaining, unit));
        }
    }

    static BudgetView of(BudgetRow row, BudgetWindow window, WindowRow use) {
        BudgetFields fields = row.fields();
        return new BudgetView(
                row.id(),
                fields.name(),
                fields.scope().code(),
                fields.subject().orElse(null),
                row.subjectName().orElse(null),
                fields.enforcement(),
                fields.unit().code(),
                BudgetAmount.show(fields.amount(), fields.unit()),
                fields.period().code(),
                fields.timeZone(),
                fields.warnPercent().isPresent() ? fields.warnPercent().getAsInt() : null,
                fields.status(),
                Window.of(fields, window, use),
                row.version(),
                row.createdAt(),
                row.updatedAt());
    }
}
