package dev.jarvis.control.reconciliation;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the gateways recorded, by day and model.
 *
 * @param lines under our names of the models
 * @param names of ours and of the provider's for each model
 */
record OwnRecords(List<BillLine> lines, List<Names> names) {
    private static final int NANO_SCALE = 9;

    private static final String LINES = """
            SELECT day, model, currency,
                   sum(input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_in_tokens
                       + image_in_tokens)::bigint AS input,
                   sum(output_tokens + reasoning_tokens + audio_out_tokens)::bigint AS output, sum(cost_nano) AS cost_nano
            FROM llm_usage_daily_served
            WHERE day BETWEEN :first AND :last AND (CAST(:provider AS text) IS NULL OR provider = :provider)
            GROUP BY day, model, currency
            ORDER BY day, model, currency
            """;

    private static final String NAMES = """
            SELECT model_id, coalesce(upstream_model, model_id) AS upstream_model FROM llm_models
            WHERE CAST(:provider AS text) IS NULL OR provider = :provider
            """;

    /** A model as callers and as its provider call it. */
    record Names(String model, String upstream) {}

    /** @param provider only this one's; {@code null}: of all */
    static OwnRecords read(Handle handle, LocalDate first, LocalDate last, @Nullable String provider) {
        return new OwnRecords(
                handle.createQuery(LINES)
                        .bind("first", first)
                        .bind("last", last)
                        .bind("provider", provider)
                        .map((row, context) -> line(row))
                        .list(),
                handle.createQuery(NAMES)
                        .bind("provider", provider)
                        .map((row, context) -> new Names(row.getString("model_id"), row.getString("upstream_model")))
                        .list());
    }

    /**
     * What we call the model that a bill names: by our name, by the provider's, or by the longest of those that the bill's
     * name begins with, since bills name versions (gpt-4o-2024-08-06) where requests name families (gpt-4o).
     */
    Optional<String> ourName(String billed) {
        String name = billed.toLowerCase(Locale.ROOT);
        Optional<String> found = Optional.empty();
        int longest = 0;
        for (Names known : names) {
            for (String candidate : List.of(known.upstream(), known.model())) {
                String prefix = candidate.toLowerCase(Locale.ROOT);
                if (name.equals(prefix)) {
                    return Optional.of(known.model());
                }
                boolean versioned = name.startsWith(prefix + "-") || name.startsWith(prefix + "@");
                if (versioned && prefix.length() > longest) {
                    longest = prefix.length();
                    found = Optional.of(known.model());
                }
            }
        }
        return found;
    }

    private static BillLine line(ResultSet row) throws SQLException {
        BigDecimal cost = row.getBigDecimal("cost_nano").movePointLeft(NANO_SCALE);
        return new BillLine(
                row.getObject("day", LocalDate.class),
                row.getString("model"),
                row.getLong("input"),
                row.getLong("output"),
                cost,
                row.getString("currency"));
    }
}
