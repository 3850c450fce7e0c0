package dev.jarvis.control.retention;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Days leave as whole partitions, and what they add up to stays. */
class UsageRetentionTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
    private static final String SUMS = """
            SELECT day || ' ' || sum(attempts) || ' ' || sum(cost_nano) FROM llm_usage_daily GROUP BY day
            UNION ALL
            SELECT hour || ' ' || sum(attempts) || ' ' || sum(cost_nano) FROM llm_usage_hourly GROUP BY hour ORDER BY 1
            """;

    /** Ten attempts a day for a hundred days, with ids of version 7. */
    private static final String RECORDS = """
            UPDATE usage_folding SET folded_until = '2026-11-25T00:00:00Z';
            SELECT ensure_usage_partition(d::date) FROM generate_series('2026-08-17'::date, '2026-11-24'::date, '1 day') d;
            INSERT INTO llm_usage (day, attempt_id, request_id, node_id, user_id, model, deployment_id, provider, outcome,
                                   billing, cost_nano, user_cost_nano, started_at)
            SELECT d::date, (lpad(to_hex((extract(epoch FROM d) * 1000)::bigint + i), 12, '0') || '70008000000000000000')::uuid, 'r',
                   '00000000-0000-0000-0000-000000000009', '00000000-0000-0000-0000-000000000001', 'demo',
                   '00000000-0000-0000-0000-000000000008', 'jarvis', 'completed', 'exact', i, i, d + i * interval '1 ms'
            FROM generate_series('2026-08-17T00:00:00Z'::timestamptz, '2026-11-24T00:00:00Z'::timestamptz, '1 day') d,
                 generate_series(1, 10) i
            """;

    private static final TestDatabase RECORDED = RunningPostgres.newDatabase();

    private final TestDatabase database = RunningPostgres.copyOf(RECORDED);
    private final Jdbi jdbi = Jdbi.create(database.dataSource()).installPlugin(new PostgresPlugin());

    /** Making a hundred partitions takes seconds, copying them does not. */
    @BeforeAll
    static void record() {
        RECORDED.execute(RECORDS);
    }

    @Test
    void o12_oldDaysAreDroppedWholeAndTheirRollupsStay() {
        List<String> before = database.query(SUMS);

        assertThat(retention(40).dropDue()).isEqualTo(59);

        assertThat(database.query("SELECT min(day) || ' ' || count(*) FROM llm_usage"))
                .containsExactly("2026-10-15 410");
        assertThat(database.query(SUMS)).isEqualTo(before).hasSize(200);
        assertThat(database.query("""
                        SELECT target_id || ' ' || (before ->> 'attempts') FROM audit_logs WHERE action = 'usage.drop_day' ORDER BY id
                        """)).hasSize(59).first().isEqualTo("2026-08-17 10");
        assertThat(retention(40).dropDue()).isZero();
    }

    @Test
    void aDroppedDayIsNotMadeAgainSoThatNothingOfItIsCountedTwice() {
        List<String> before = database.query(SUMS);
        retention(40).dropDue();

        assertThatThrownBy(() -> database.execute(RECORDS)).hasStackTraceContaining("no partition of relation");
        assertThatThrownBy(() -> database.execute(
                        "SELECT correct_usage('0198b54c-8001-7000-8000-000000000000', '{\"cost_nano\": 0}', 'late')"))
                .hasStackTraceContaining("no record of attempt");
        assertThat(database.query(SUMS)).isEqualTo(before);
    }

    @Test
    void aLongReportIsNotWaitedFor() throws Exception {
        try (Connection report = database.dataSource().getConnection()) {
            report.setAutoCommit(false);
            report.createStatement().execute("SELECT count(*) FROM llm_usage");

            assertThatThrownBy(() -> retention(40).dropDue()).hasStackTraceContaining("lock timeout");

            report.rollback();
        }
        assertThat(retention(40).dropDue()).isEqualTo(59);
    }

    @Test
    void ofSeveralServersOneDropsTheDays() throws Exception {
        try (Connection other = database.dataSource().getConnection()) {
            other.createStatement().execute("SELECT pg_advisory_lock(hashtext('llm_usage_retention'))");
            assertThat(retention(40).dropDue()).isZero();
        }
        assertThat(retention(99).dropDue()).isZero();
        assertThatThrownBy(() -> retention(31)).isInstanceOf(IllegalArgumentException.class);
    }

    private UsageRetention retention(int days) {
        return new UsageRetention(jdbi, new Audit(jdbi), days, CLOCK);
    }
}
