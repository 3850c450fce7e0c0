package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.platform.json.Json;
import org.jdbi.v3.core.Handle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Charges records to the windows and leases in the database, in the transaction that inserts the records. From
 * {@link #lock} to the end of the transaction nobody else touches the windows. They are locked in the order of their keys,
 * then the leases in that of their ids; whoever else takes several does the same.
 */
public final class BudgetBooks {
    private static final String ENSURE_WINDOWS = """
            INSERT INTO budget_windows (budget_id, starts_at, ends_at)
            SELECT b.id, k.starts_at, budget_window_end(b.period, b.time_zone, k.starts_at)
            FROM json_to_recordset(CAST(:keys AS json)) AS k(budget_id uuid, starts_at timestamptz)
            JOIN budgets b ON b.id = k.budget_id
            ON CONFLICT DO NOTHING
            """;

    private static final String LOCK_WINDOWS = """
            SELECT w.budget_id, CAST(extract(epoch FROM nullif(w.starts_at, '-infinity')) AS bigint) AS start,
                   w.spent, w.leased, CAST(b.amount AS numeric) + w.extra AS most,
                   b.enforcement = 'hard' AND b.status = 'enabled' AS hard,
                   CASE WHEN w.warned_at IS NULL THEN b.warn_percent END AS warn_percent
            FROM budget_windows w JOIN budgets b ON b.id = w.budget_id
            WHERE (w.budget_id, w.starts_at) IN (
                SELECT k.budget_id, k.starts_at
                FROM json_to_recordset(CAST(:keys AS json)) AS k(budget_id uuid, starts_at timestamptz))
            ORDER BY w.budget_id, w.starts_at
            FOR UPDATE OF w
            """;

    private static final String LOCK_LEASES = """
            SELECT id, amount, charged FROM budget_leases
            WHERE state = 'live'
              AND id IN (SELECT k.id FROM json_to_recordset(CAST(:keys AS json)) AS k(id uuid))
            ORDER BY id
            FOR UPDATE
            """;

    private static final String CHARGE_LEASES = """
            UPDATE budget_leases l SET charged = l.charged + c.amount
            FROM json_to_recordset(CAST(:charges AS json)) AS c(id uuid, amount bigint)
            WHERE l.id = c.id
            """;

    private static final String CHARGE_WINDOWS = """
            UPDATE budget_windows w SET spent = w.spent + c.spent, leased = w.leased - c.covered
            FROM json_to_recordset(CAST(:charges AS json))
                AS c(budget_id uuid, starts_at timestamptz, spent bigint, covered bigint)
            WHERE w.budget_id = c.budget_id AND w.starts_at = c.starts_at
            """;

    private static final String WARN = """
            SELECT CAST(warn_of_budget(c.budget_id, c.starts_at) AS text)
            FROM json_to_recordset(CAST(:keys AS json)) AS c(budget_id uuid, starts_at timestamptz)
            """;

    private final Handle handle;
    private final Map<WindowKey, ChargedWindow> windows = new LinkedHashMap<>();
    private final Map<UUID, ChargedLease> leases = new TreeMap<>();

    private BudgetBooks(Handle handle) {
        this.handle = handle;
    }

    /** Locks what the debits claim. */
    public static BudgetBooks lock(Handle handle, List<Debit> debits) {
        BudgetBooks books = new BudgetBooks(handle);
        Set<BudgetClaim> claims = claims(debits);
        List<WindowKey> keys = claims.stream().map(WindowKey::of).distinct().toList();
        books.lockWindows(keys);
        if (books.windows.size() < keys.size()) {
            handle.createUpdate(ENSURE_WINDOWS).bind("keys", keysJson(keys)).execute();
            books.lockWindows(keys);
        }
        books.lockLeases(claims);
        return books;
    }

    /** Records that follow each other mostly claim the same. */
    private static Set<BudgetClaim> claims(List<Debit> debits) {
        Set<BudgetClaim> all = new LinkedHashSet<>();
        List<BudgetClaim> before = List.of();
        for (Debit debit : debits) {
            if (!debit.claims().equals(before)) {
                before = debit.claims();
                all.addAll(before);
            }
        }
        return all;
    }

    /**
     * Charges all of every debit; nothing is written yet.
     *
     * @return false: not everything is covered, and these books must not be written
     */
    public boolean chargeInFull(List<Debit> debits) {
        Charging charging = new Charging(windows, leases);
        return charging.chargeInFull(debits) || charging.charge(debits).stream().noneMatch(Charged::isReduced);
    }

    /** Charges the debits in their order; nothing is written yet. */
    public List<Charged> charge(List<Debit> debits) {
        return new Charging(windows, leases).charge(debits);
    }

    /** Writes what was charged. */
    public void write() {
        List<Map<String, ?>> ofLeases = new ArrayList<>();
        leases.forEach((id, lease) -> ofLeases.add(Map.of("id", id.toString(), "amount", lease.chargedMore())));
        List<Map<String, ?>> ofWindows = new ArrayList<>();
        List<WindowKey> toWarn = new ArrayList<>();
        windows.forEach((key, window) -> {
            ofWindows.add(Map.of(
                    "budget_id",
                    key.budgetId().toString(),
                    "starts_at",
                    key.startText(),
                    "spent",
                    window.spentMore(),
                    "covered",
                    window.covered()));
            if (window.isToWarn()) {
                toWarn.add(key);
            }
        });
        handle.createUpdate(CHARGE_LEASES).bind("charges", json(ofLeases)).execute();
        handle.createUpdate(CHARGE_WINDOWS).bind("charges", json(ofWindows)).execute();
        if (!toWarn.isEmpty()) {
            handle.createQuery(WARN)
                    .bind("keys", keysJson(toWarn))
                    .mapTo(String.class)
                    .list();
        }
    }

    private void lockWindows(List<WindowKey> keys) {
        windows.clear();
        handle.createQuery(LOCK_WINDOWS)
                .bind("keys", keysJson(keys))
                .map((row, context) -> {
                    Long start = row.getObject("start", Long.class);
                    WindowKey key = new WindowKey(
                            row.getObject("budget_id", UUID.class), start == null ? BudgetClaim.NO_START : start);
                    BigDecimal most = row.getBigDecimal("most");
                    int percent = row.getInt("warn_percent");
                    return Map.entry(
                            key,
                            new ChargedWindow(
                                    row.getBoolean("hard") ? clamped(most) : Long.MAX_VALUE,
                                    percent == 0 ? Long.MAX_VALUE : part(most, percent),
                                    row.getLong("spent"),
                                    row.getLong("leased")));
                })
                .forEach(entry -> windows.put(entry.getKey(), entry.getValue()));
    }

    private void lockLeases(Set<BudgetClaim> claims) {
        List<Map<String, String>> ids = claims.stream()
                .map(BudgetClaim::leaseId)
                .distinct()
                .map(id -> Map.of("id", id.toString()))
                .toList();
        Map<UUID, ChargedLease> found = new HashMap<>();
        handle.createQuery(LOCK_LEASES)
                .bind("keys", json(ids))
                .map((row, context) -> Map.entry(
                        row.getObject("id", UUID.class),
                        new ChargedLease(row.getLong("amount"), row.getLong("charged"))))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        leases.putAll(found);
    }

    private static long clamped(BigDecimal amount) {
        return amount.min(BigDecimal.valueOf(Long.MAX_VALUE - 1)).longValue();
    }

    /** A hundredth part, rounded up: reaching it is enough. */
    private static long part(BigDecimal most, int percent) {
        BigDecimal part = most.multiply(BigDecimal.valueOf(percent)).movePointLeft(2);
        return clamped(part.setScale(0, RoundingMode.CEILING));
    }

    private static String keysJson(List<WindowKey> keys) {
        return json(keys.stream()
                .map(key -> Map.of("budget_id", key.budgetId().toString(), "starts_at", key.startText()))
                .toList());
    }

    private static String json(List<?> rows) {
        return Json.MAPPER.writeValueAsString(rows);
    }
}
