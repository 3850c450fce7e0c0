package dev.jarvis.engine.run;

import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What engines that share a database may do with one another's runs. */
class RunTablesTest {
    private static final UUID USER = UUID.randomUUID();
    private static final UUID MINE = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String PAST = "now() - interval '1 minute'";
    private static final String FUTURE = "now() + interval '1 minute'";

    private final TestDatabase database = RunningPostgres.newDatabase();
    private final Jdbi jdbi = Jdbi.create(database.dataSource());

    /** Of connections of its own: one Jdbi gives a thread that is in a transaction the same again. */
    private final Jdbi beside = Jdbi.create(database.dataSource());

    RunTablesTest() {
        database.execute("INSERT INTO users (id, username, email, password_hash, role) VALUES ('" + USER
                + "', 'ann', 'ann@example.com', 'x', 'user')");
    }

    private UUID run(String status, UUID owner, String leaseUntil, String expires) {
        UUID id = UUID.randomUUID();
        database.execute("""
                INSERT INTO runs (id, user_id, root_run_id, agent_version, agent_name, model_id, plan, status, key_id, expires_at,
                                  lease_owner, lease_until)
                VALUES ('%s', '%s', '%s', 1, 'Agent', 'model', '{}', '%s', 'key', %s, '%s', %s)
                """.formatted(id, USER, id, status, expires, owner, leaseUntil));
        return id;
    }

    private List<UUID> claim(UUID engine, List<UUID> held) {
        return beside.inTransaction(handle -> RunTable.claim(handle, engine, "key", MINUTE, 10, held));
    }

    private String status(UUID run) {
        return database.query("SELECT status FROM runs WHERE id = '" + run + "'")
                .getFirst();
    }

    @Test
    void nobodyTakesARunInTheMiddleOfWhatItsHolderWrites() {
        UUID run = run("running", MINE, PAST, FUTURE);
        jdbi.useTransaction(handle -> {
            new Lease(run, MINE).hold(handle);
            assertThat(claim(OTHER, List.of())).isEmpty();
            List<UUID> renewed = beside.inTransaction(other -> RunTable.renew(other, MINE, List.of(run), MINUTE));
            assertThat(renewed).as("the lease can be renewed meanwhile").containsExactly(run);
            database.execute("UPDATE runs SET lease_until = " + PAST);
        });
        assertThat(claim(OTHER, List.of())).containsExactly(run);
        assertThatThrownBy(() -> jdbi.useTransaction(handle -> new Lease(run, MINE).hold(handle)))
                .isInstanceOf(LostLeaseException.class);
    }

    @Test
    void nobodyTakesARunThatItIsAtWorkOnStill() {
        UUID run = run("running", MINE, PAST, FUTURE);
        assertThat(claim(MINE, List.of(run))).isEmpty();
        assertThat(claim(MINE, List.of())).containsExactly(run);
    }

    @Test
    void aRunThatIsOverDoesNotBeginAgain() {
        UUID run = run("cancelled", MINE, FUTURE, FUTURE);
        assertThatThrownBy(() -> jdbi.useTransaction(handle -> RunTable.begin(handle, run, 60)))
                .isInstanceOf(LostLeaseException.class);
        assertThat(status(run)).isEqualTo("cancelled");
    }

    @Test
    void oneThatWasAbandonedIsLeftAloneWhenSomebodyHasTakenIt() {
        Announcements announcements = new Announcements(jdbi, new EventHub());
        UUID run = run("running", MINE, PAST, PAST);
        List<UUID> abandoned = jdbi.withHandle(RunTable::abandoned);
        assertThat(abandoned).containsExactly(run);
        assertThat(claim(OTHER, List.of())).containsExactly(run);
        announcements.failAbandoned(run, "run_abandoned", "");
        assertThat(status(run)).isEqualTo("running");

        database.execute("UPDATE runs SET lease_until = " + PAST);
        announcements.failAbandoned(run, "run_abandoned", "");
        assertThat(status(run)).isEqualTo("failed");
        assertThat(database.query("SELECT type FROM run_events")).containsExactly("run.failed");
    }

    @Test
    void onlyItsHolderEndsARunThatFailed() {
        Announcements announcements = new Announcements(jdbi, new EventHub());
        UUID run = run("running", OTHER, PAST, FUTURE);
        assertThatThrownBy(() -> announcements.fail(new Lease(run, MINE), "internal_error", ""))
                .isInstanceOf(LostLeaseException.class);
        assertThat(status(run)).isEqualTo("running");
        announcements.fail(new Lease(run, OTHER), "internal_error", "");
        assertThat(status(run)).isEqualTo("failed");
    }

    @Test
    void forgetsThePiecesOfRunsThatEndedLongAgoAndLooksAtThemOnce() {
        UUID old = run("done", MINE, PAST, PAST);
        UUID recent = run("done", MINE, PAST, PAST);
        database.execute("UPDATE runs SET ended_at = now() - interval '25 hours' WHERE id = '" + old + "';"
                + "UPDATE runs SET ended_at = now() - interval '23 hours' WHERE id = '" + recent + "';"
                + "INSERT INTO run_events SELECT r.id, n, (ARRAY['run.started', 'text.delta', 'reasoning.delta'])[n], '{}'"
                + " FROM runs r, generate_series(1, 3) n");
        EventTable.forgetOld(jdbi);
        assertThat(database.query("SELECT type FROM run_events WHERE run_id = '" + old + "'"))
                .containsExactly("run.started");
        assertThat(database.query("SELECT type FROM run_events WHERE run_id = '" + recent + "'"))
                .hasSize(3);
        assertThat(database.query("SELECT id FROM runs WHERE NOT pieces_forgotten"))
                .containsExactly(recent.toString());
    }
}
