package dev.jarvis.gateway.budget;

import dev.jarvis.platform.money.BudgetPeriod;
import dev.jarvis.platform.money.BudgetUnit;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.ExchangeRate;
import dev.jarvis.platform.money.ExchangeRates;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads budgets and exchange rates. Blocking. */
final class BudgetTable {
    private static final String ENABLED = """
            SELECT id, scope, subject_id, enforcement, unit, period, time_zone
            FROM budgets WHERE status = 'enabled' ORDER BY scope, subject_id, id
            """;

    private static final String RATES = "SELECT from_currency, to_currency, rate, effective_from FROM exchange_rates";

    private final Jdbi jdbi;

    BudgetTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    BudgetSnapshot load() {
        return jdbi.inTransaction(handle -> new BudgetSnapshot(
                handle.createQuery(ENABLED).map((row, context) -> budget(row)).list(), rates(handle)));
    }

    private static Budget budget(ResultSet row) throws SQLException {
        return new Budget(
                row.getObject("id", UUID.class),
                BudgetScope.of(row.getString("scope")),
                Optional.ofNullable(row.getObject("subject_id", UUID.class)),
                row.getString("enforcement").equals("hard"),
                BudgetUnit.of(row.getString("unit")),
                new Windows(BudgetPeriod.of(row.getString("period")), ZoneId.of(row.getString("time_zone"))));
    }

    private static ExchangeRates rates(Handle handle) {
        List<ExchangeRate> rates = handle.createQuery(RATES)
                .map((row, context) -> new ExchangeRate(
                        Currency.valueOf(row.getString("from_currency")),
                        Currency.valueOf(row.getString("to_currency")),
                        row.getBigDecimal("rate"),
                        row.getObject("effective_from", OffsetDateTime.class).toInstant()))
                .list();
        return new ExchangeRates(rates);
    }
}
