package dev.jarvis.server.chaos;

import dev.jarvis.testkit.database.TestDatabase;

import java.util.List;

/** What holds of budgets at every moment, whatever happened to the processes; and when all is quiet. */
final class BudgetBalance {
    private static final String PASSED = """
            SELECT w.budget_id || ': ' || w.spent || ' spent and ' || w.leased || ' leased of ' || b.amount + w.extra
            FROM budget_windows w JOIN budgets b ON b.id = w.budget_id
            WHERE b.enforcement = 'hard' AND w.spent + w.leased > b.amount + w.extra
            """;

    private static final String NOT_WHAT_LEASES_HOLD = """
            SELECT w.budget_id || ': ' || w.leased || ' leased' FROM budget_windows w
            WHERE w.leased <> (
                SELECT coalesce(sum(greatest(0, l.amount - l.charged)), 0) FROM budget_leases l
                WHERE l.budget_id = w.budget_id AND l.starts_at = w.starts_at AND l.state = 'live')
            """;

    private static final String NOT_WHAT_RECORDS_SAY = """
            SELECT w.budget_id || ': ' || w.spent || ' spent' FROM budget_windows w
            WHERE w.spent <> (
                SELECT coalesce(sum((c ->> 'amount')::bigint), 0)
                FROM llm_usage u, jsonb_array_elements(u.budget_charges) AS c
                WHERE (c ->> 'budget_id')::uuid = w.budget_id AND (c ->> 'window')::timestamptz = w.starts_at)
            """;

    private static final String HELD = "SELECT coalesce(sum(leased), 0) FROM budget_windows";

    private BudgetBalance() {}

    /** Empty if all is well. */
    static List<String> faults(TestDatabase database) {
        return List.of(PASSED, NOT_WHAT_LEASES_HOLD, NOT_WHAT_RECORDS_SAY).stream()
                .flatMap(sql -> database.query(sql).stream())
                .toList();
    }

    /** Whether no node has anything set aside. */
    static boolean nothingIsHeld(TestDatabase database) {
        return database.query(HELD).equals(List.of("0"));
    }
}
