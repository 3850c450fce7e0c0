package dev.jarvis.control.retention;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;

class BodyRetentionTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
    private static final String BODIES = """
            SELECT ensure_body_partition(d::date) FROM generate_series('2026-11-15'::date, '2026-11-24'::date, '1 day') d;
            INSERT INTO llm_body_keys (id, day, sealed)
            SELECT gen_random_uuid(), d::date, 'x' FROM generate_series('2026-11-15'::date, '2026-11-24'::date, '1 day') d;
            INSERT INTO llm_call_bodies (day, attempt_id, request_id, user_id, model, policy, streamed, request, request_bytes,
                                         request_cut, answer, answer_bytes, answer_cut)
            SELECT d::date, gen_random_uuid(), 'r', gen_random_uuid(), 'm', 'full', false, 'x', 1, false, 'x', 1, false
            FROM generate_series('2026-11-15'::date, '2026-11-24'::date, '1 day') d
            """;

    private final TestDatabase database = RunningPostgres.newDatabase();
    private final Jdbi jdbi = Jdbi.create(database.dataSource()).installPlugin(new PostgresPlugin());

    @Test
    void oldDaysAreDroppedWholeAndTheirKeysWithThem() {
        database.execute(BODIES);
        BodyRetention retention = new BodyRetention(jdbi, new Audit(jdbi), 7, CLOCK);

        assertThat(retention.dropDue()).isEqualTo(2);
        assertThat(retention.dropDue()).isZero();

        assertThat(database.query("SELECT min(day) || ' ' || count(*) FROM llm_call_bodies"))
                .containsExactly("2026-11-17 8");
        assertThat(database.query("SELECT min(day) || ' ' || count(*) FROM llm_body_keys"))
                .containsExactly("2026-11-17 8");
        assertThat(database.query("SELECT target_id FROM audit_logs WHERE action = 'bodies.drop_day' ORDER BY id"))
                .containsExactly("2026-11-15", "2026-11-16");
    }
}
