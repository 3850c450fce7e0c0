package dev.jarvis.gateway.budget;

import dev.jarvis.platform.json.Json;
import dev.jarvis.platform.money.BudgetWindow;
import org.jdbi.v3.core.Jdbi;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The ledger in {@code budget_windows} and {@code budget_leases}. Every exchange is one statement, and also tells the time. */
final class PostgresLedger implements BudgetLedger {
    private static final String EXCHANGE = """
            SELECT state, amount, charged, granted, elsewhere, at
            FROM lease_budget(:lease, :budget, :starts, :ends, :node, :committed,
                              ARRAY(SELECT CAST(n AS bigint) FROM json_array_elements_text(CAST(:needs AS json)) AS n),
                              :typical, :spare)
            """;

    /** In the order of their ids, as records are charged. */
    private static final String RENEW = """
            WITH mine AS (
                SELECT id FROM budget_leases
                WHERE node_id = :node AND state = 'live'
                  AND id IN (SELECT CAST(i AS uuid) FROM json_array_elements_text(CAST(:ids AS json)) AS i)
                ORDER BY id FOR UPDATE)
            UPDATE budget_leases l SET renewed_at = clock_timestamp() FROM mine WHERE l.id = mine.id
            RETURNING CAST(l.id AS text)
            """;

    private static final String END = """
            SELECT end_budget_leases('closed',
                ARRAY(SELECT CAST(i AS uuid) FROM json_array_elements_text(CAST(:ids AS json)) AS i), :node, NULL, NULL)
            """;

    private static final String END_EARLIER = "SELECT end_budget_leases('closed', NULL, :node, :before, NULL)";

    private static final String EXPIRE = "SELECT end_budget_leases('expired', NULL, NULL, NULL, interval '60 seconds')";

    /** A charge to a lease that is not there is one to a lease that is over. */
    private static final String FORGET = """
            DELETE FROM budget_leases WHERE state <> 'live' AND renewed_at < clock_timestamp() - interval '1 day'
            """;

    private static final String SPENDING = """
            SELECT coalesce(w.spent, 0) AS spent, CAST(b.amount AS numeric) + coalesce(w.extra, 0) AS most
            FROM budgets b LEFT JOIN budget_windows w ON w.budget_id = b.id AND w.starts_at = :starts
            WHERE b.id = :budget
            """;

    private static final String NOW = "SELECT clock_timestamp() AS at";

    private final Jdbi jdbi;
    private final UUID node;
    private final LedgerClock clock;
    private final LongSupplier nanos;

    PostgresLedger(Jdbi jdbi, UUID node, LedgerClock clock, LongSupplier nanos) {
        this.jdbi = jdbi;
        this.node = node;
        this.clock = clock;
        this.nanos = nanos;
    }

    @Override
    public LeaseAnswer exchange(UUID budgetId, BudgetWindow window, LeaseAsk ask) {
        long began = nanos.getAsLong();
        return jdbi.withHandle(handle -> handle.createQuery(EXCHANGE)
                .bind("lease", ask.leaseId())
                .bind("budget", budgetId)
                .bind("starts", window.startColumn())
                .bind("ends", window.endColumn())
                .bind("node", node)
                .bind("committed", ask.committed())
                .bind("needs", Json.MAPPER.writeValueAsString(ask.needs()))
                .bind("typical", ask.typical())
                .bind("spare", ask.wantsSpare())
                .map((row, context) -> answer(row, began))
                .one());
    }

    private LeaseAnswer answer(ResultSet row, long began) throws SQLException {
        clock.read(row.getObject("at", OffsetDateTime.class).toInstant(), began, nanos.getAsLong());
        LeaseAnswer.State state =
                LeaseAnswer.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        if (state != LeaseAnswer.State.LIVE) {
            return LeaseAnswer.of(state);
        }
        return new LeaseAnswer(
                state, row.getLong("amount"), row.getLong("charged"), granted(row), row.getLong("elsewhere"));
    }

    private static List<Boolean> granted(ResultSet row) throws SQLException {
        Array granted = row.getArray("granted");
        return Arrays.asList((Boolean[]) granted.getArray());
    }

    @Override
    public Set<UUID> renew(Collection<UUID> leases) {
        if (leases.isEmpty()) {
            return Set.of();
        }
        return jdbi.inTransaction(handle -> handle.createQuery(RENEW)
                .bind("node", node)
                .bind("ids", ids(leases))
                .mapTo(String.class)
                .map(UUID::fromString)
                .collect(Collectors.toSet()));
    }

    @Override
    public void end(Collection<UUID> leases) {
        run(END, leases, Optional.empty());
    }

    @Override
    public void endEarlier(Instant before) {
        run(END_EARLIER, List.of(), Optional.of(before));
    }

    private void run(String sql, Collection<UUID> leases, Optional<Instant> before) {
        jdbi.useHandle(handle -> {
            var query = handle.createQuery(sql).bind("node", node);
            if (before.isPresent()) {
                query.bind("before", before.get().atOffset(ZoneOffset.UTC));
            } else {
                query.bind("ids", ids(leases));
            }
            query.mapTo(Integer.class).one();
        });
    }

    @Override
    public void expire() {
        jdbi.useHandle(handle -> {
            handle.createQuery(EXPIRE).mapTo(Integer.class).one();
            handle.execute(FORGET);
        });
    }

    @Override
    public Spending spending(UUID budgetId, BudgetWindow window) {
        return jdbi.withHandle(handle -> handle.createQuery(SPENDING)
                .bind("budget", budgetId)
                .bind("starts", window.startColumn())
                .map((row, context) -> new Spending(row.getLong("spent"), clamped(row.getBigDecimal("most"))))
                .findOne()
                .orElse(new Spending(0, Long.MAX_VALUE)));
    }

    @Override
    public Instant now() {
        long began = nanos.getAsLong();
        Instant at = jdbi.withHandle(handle -> handle.createQuery(NOW)
                .map((row, context) -> row.getObject("at", OffsetDateTime.class).toInstant())
                .one());
        clock.read(at, began, nanos.getAsLong());
        return at;
    }

    private static long clamped(BigDecimal amount) {
        return amount.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }

    private static String ids(Collection<UUID> leases) {
        return Json.MAPPER.writeValueAsString(
                leases.stream().map(UUID::toString).toList());
    }
}
