package dev.jarvis.gateway.rate;

import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Reads the limits: those that were set as such, and the {@code rpm_limit} and {@code tpm_limit} of models. Blocking. */
public final class RateRuleTable {
    private static final String ALL = """
            SELECT scope, subject_id, requests_per_minute, tokens_per_minute, concurrent_requests FROM rate_limits
            UNION ALL
            SELECT 'model', id, rpm_limit, tpm_limit, NULL FROM llm_models
             WHERE rpm_limit IS NOT NULL OR tpm_limit IS NOT NULL
            """;

    private record Row(RateSubject subject, RateLimit limit) {}

    private final Jdbi jdbi;

    public RateRuleTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Where a model is limited in both places, the stricter holds. */
    public RateRules load() {
        Map<RateSubject, RateLimit> limits = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(ALL)
                .map((row, context) -> row(row))
                .forEach(row -> limits.merge(row.subject(), row.limit(), RateLimit::and)));
        return new RateRules(limits);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new RateSubject(RateScope.of(row.getString("scope")), row.getObject("subject_id", UUID.class)),
                new RateLimit(
                        limit(row, "requests_per_minute"),
                        limit(row, "tokens_per_minute"),
                        limit(row, "concurrent_requests")));
    }

    private static long limit(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? RateLimit.UNLIMITED : value;
    }
}
