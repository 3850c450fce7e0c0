package dev.jarvis.control.budget;

import dev.jarvis.platform.money.BudgetPeriod;
import dev.jarvis.platform.money.BudgetUnit;
import dev.jarvis.platform.money.BudgetWindow;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** The SQL that writes budgets, and what a {@link BudgetRow} is read from. */
final class BudgetTable {
    static final String SELECT = """
            SELECT b.id, b.name, b.scope, b.subject_id, b.enforcement, b.unit, b.amount, b.period, b.time_zone,
                   b.warn_percent, b.status, b.version, b.created_at, b.updated_at,
                   CASE b.scope
                       WHEN 'team' THEN (SELECT t.name FROM teams t WHERE t.id = b.subject_id)
                       WHEN 'user' THEN (SELECT u.username FROM users u WHERE u.id = b.subject_id)
                       WHEN 'caller_key' THEN (SELECT k.name FROM caller_keys k WHERE k.id = b.subject_id)
                       WHEN 'model' THEN (SELECT m.model_id FROM llm_models m WHERE m.id = b.subject_id)
                   END AS subject_name
            FROM budgets b
            """;

    static final RowMapper<BudgetRow> ROW = (row, context) -> new BudgetRow(
            row.getObject("id", UUID.class),
            fields(row),
            Optional.ofNullable(row.getString("subject_name")),
            row.getLong("version"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            row.getObject("updated_at", OffsetDateTime.class).toInstant());

    private static final String FIND = SELECT + "WHERE b.id = :id";

    private static final String LOCK = SELECT + "WHERE b.id = :id FOR UPDATE OF b";

    private static final String INSERT = """
            INSERT INTO budgets (id, name, scope, subject_id, enforcement, unit, amount, period, time_zone, warn_percent,
                                 status)
            VALUES (:id, :name, :scope, CAST(:subject AS uuid), :enforcement, :unit, :amount, :period, :timeZone,
                    CAST(:warnPercent AS smallint), :status)
            """;

    private static final String UPDATE = """
            UPDATE budgets SET name = :name, enforcement = :enforcement, amount = :amount,
                               warn_percent = CAST(:warnPercent AS smallint), status = :status,
                               version = version + 1, updated_at = now()
            WHERE id = :id
            """;

    private static final String TOUCH = "UPDATE budgets SET version = version + 1, updated_at = now() WHERE id = :id";

    private static final String TOP_UP = """
            INSERT INTO budget_windows AS w (budget_id, starts_at, ends_at, extra)
            VALUES (:id, :startsAt, :endsAt, :extra)
            ON CONFLICT (budget_id, starts_at) DO UPDATE SET extra = w.extra + excluded.extra
            WHERE w.extra + excluded.extra <= :most
            RETURNING w.extra
            """;

    private static final String HAS_SUBJECT = """
            SELECT CASE :scope
                WHEN 'team' THEN EXISTS (SELECT 1 FROM teams WHERE id = :id)
                WHEN 'user' THEN EXISTS (SELECT 1 FROM users WHERE id = :id)
                WHEN 'caller_key' THEN EXISTS (SELECT 1 FROM caller_keys WHERE id = :id)
                WHEN 'model' THEN EXISTS (SELECT 1 FROM llm_models WHERE id = :id)
            END
            """;

    private BudgetTable() {}

    static Optional<BudgetRow> find(Handle handle, UUID id) {
        return handle.createQuery(FIND).bind("id", id).map(ROW).findOne();
    }

    static Optional<BudgetRow> lock(Handle handle, UUID id) {
        return handle.createQuery(LOCK).bind("id", id).map(ROW).findOne();
    }

    static boolean hasSubject(Handle handle, Scope scope, UUID id) {
        return handle.createQuery(HAS_SUBJECT)
                .bind("scope", scope.code())
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    static void insert(Handle handle, UUID id, BudgetFields fields) {
        bind(handle.createUpdate(INSERT), id, fields)
                .bind("scope", fields.scope().code())
                .bind("subject", fields.subject().orElse(null))
                .bind("unit", fields.unit().code())
                .bind("period", fields.period().code())
                .bind("timeZone", fields.timeZone())
                .execute();
    }

    static void update(Handle handle, UUID id, BudgetFields fields) {
        bind(handle.createUpdate(UPDATE), id, fields).execute();
    }

    static void delete(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM budgets WHERE id = :id").bind("id", id).execute();
    }

    /** @return the window's top-ups; empty, and nothing is changed, if they would be more than {@code most} */
    static OptionalLong topUp(Handle handle, UUID id, BudgetWindow window, long extra, long most) {
        Optional<Long> sum = handle.createQuery(TOP_UP)
                .bind("id", id)
                .bind("startsAt", window.startColumn())
                .bind("endsAt", window.endColumn())
                .bind("extra", extra)
                .bind("most", most)
                .mapTo(Long.class)
                .findOne();
        if (sum.isEmpty()) {
            return OptionalLong.empty();
        }
        handle.createUpdate(TOUCH).bind("id", id).execute();
        return OptionalLong.of(sum.get());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, UUID id, BudgetFields fields) {
        return statement
                .bind("id", id)
                .bind("name", fields.name())
                .bind("enforcement", fields.enforcement())
                .bind("amount", fields.amount())
                .bind(
                        "warnPercent",
                        fields.warnPercent().isPresent()
                                ? Integer.valueOf(fields.warnPercent().getAsInt())
                                : null)
                .bind("status", fields.status());
    }

    private static BudgetFields fields(ResultSet row) throws SQLException {
        int percent = row.getInt("warn_percent");
        OptionalInt warnPercent = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(percent);
        return new BudgetFields(
                row.getString("name"),
                Scope.of(row.getString("scope")),
                Optional.ofNullable(row.getObject("subject_id", UUID.class)),
                row.getString("enforcement"),
                BudgetUnit.of(row.getString("unit")),
                row.getLong("amount"),
                BudgetPeriod.of(row.getString("period")),
                row.getString("time_zone"),
                warnPercent,
                row.getString("status"));
    }
}
