package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.budget.BudgetCharge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes {@code llm_usage.budget_charges}. The records of a batch are charged to a handful of leases, whose ids and times are
 * turned into text once for all of them. Not thread-safe.
 */
final class BudgetTexts {
    private final Map<Place, String> places = new HashMap<>();

    /** What a charge is taken from. */
    private record Place(UUID budgetId, long windowStart, UUID leaseId) {}

    /** A JSON array with an object for each charge. */
    String of(List<BudgetCharge> charges) {
        StringBuilder json = new StringBuilder(176 * charges.size() + 2).append('[');
        for (BudgetCharge charge : charges) {
            if (json.length() > 1) {
                json.append(',');
            }
            Place place = new Place(charge.budgetId(), charge.windowStart(), charge.leaseId());
            json.append(places.computeIfAbsent(place, unknown -> text(charge)))
                    .append(",\"amount\":")
                    .append(charge.amount())
                    .append('}');
        }
        return json.append(']').toString();
    }

    /** The object up to its amount. */
    private static String text(BudgetCharge charge) {
        return new RowText(160)
                .startObject()
                .text("budget_id", charge.budgetId().toString())
                .text("window", charge.windowText())
                .text("lease_id", charge.leaseId().toString())
                .toString();
    }
}
