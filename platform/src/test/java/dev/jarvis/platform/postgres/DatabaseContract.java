package dev.jarvis.platform.postgres;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What Jarvis needs of a database, wherever it is. */
abstract class DatabaseContract {
    private Database database;

    /** An empty database. */
    abstract DatabaseAddress address();

    @BeforeEach
    void open() {
        database = new Database(address());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void answersAndIsDurable() {
        database.ping();
        Durability.check(database);
        assertThat(setting("fsync")).isEqualTo("on");
        assertThat(setting("synchronous_commit")).isEqualTo("on");
        assertThat(setting("full_page_writes")).isEqualTo("on");
    }

    @Test
    void limitsStatementsAndSaysWhoConnects() {
        assertThat(setting("statement_timeout")).isEqualTo("30s");
        assertThat(setting("application_name")).isEqualTo("jarvis");
        assertThat(setting("is_superuser")).isEqualTo("off");
    }

    @Test
    void migratesAnEmptyDatabaseAndThenHasNothingToDo() throws SQLException {
        Migrations migrations = Migrations.packaged();
        assertThat(migrations.areApplied(database)).isFalse();
        migrations.apply(database);
        migrations.apply(database);
        assertThat(migrations.areApplied(database)).isTrue();
        assertThat(
                        rows(
                                "SELECT version || ' ' || name FROM schema_migrations WHERE checksum IS NOT NULL ORDER BY version"))
                .startsWith("1 users", "2 caller_keys", "3 llm_usage", "4 llm_models");
    }

    @Test
    void announcesAChangeToListenersAfterItsCommit() throws SQLException {
        Migrations.packaged().apply(database);
        try (Connection listening = database.connect(Duration.ofSeconds(10));
                Statement statement = listening.createStatement()) {
            statement.execute("LISTEN jarvis");
            database.jdbi()
                    .useHandle(
                            handle -> handle.execute("INSERT INTO vault_state (key_id, proof) VALUES ('k', '\\x00')"));
            var notifications =
                    listening.unwrap(org.postgresql.PGConnection.class).getNotifications(5000);
            assertThat(notifications).extracting(n -> n.getParameter()).containsExactly("vault:k");
        }
    }

    @Test
    void refusesToChangeRowsThatAreWrittenOnce() throws SQLException {
        Migrations.packaged().apply(database);
        database.jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO audit_logs (id, action, outcome, request_id)
                VALUES (gen_random_uuid(), 'test', 'done', 'r')
                """));
        assertThatThrownBy(() -> database.jdbi().useHandle(handle -> handle.execute("DELETE FROM audit_logs")))
                .hasMessageContaining("append-only");
    }

    private String setting(String name) {
        return rows("SHOW " + name).getFirst();
    }

    private List<String> rows(String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }
}
