package dev.jarvis.platform.notice;

import dev.jarvis.platform.postgres.Database;
import dev.jarvis.platform.postgres.MigratedDatabase;
import dev.jarvis.platform.postgres.SharedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresNoticesTest {
    private final Database database = MigratedDatabase.open();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private PostgresNotices notices;

    @BeforeEach
    void open() throws SQLException {
        notices = PostgresNotices.open(database);
    }

    @AfterEach
    void close() {
        notices.close();
        database.close();
    }

    @Test
    void tellsWhatChangedAfterItsCommit() throws InterruptedException {
        notices.subscribe("users", heard::add);
        insertUser("00000000-0000-0000-0000-0000000000aa", "a");
        assertThat(next()).isEqualTo("00000000-0000-0000-0000-0000000000aa");
    }

    @Test
    void tellsOnlyThoseWhoAskedForTheTopic() throws InterruptedException {
        notices.subscribe("caller_keys", subject -> heard.add("wrong"));
        notices.subscribe("users", heard::add);
        insertUser("00000000-0000-0000-0000-0000000000aa", "a");
        assertThat(next()).isNotEqualTo("wrong");
    }

    @Test
    void aFailingListenerStopsNobody() throws InterruptedException {
        notices.subscribe("users", subject -> {
            throw new IllegalStateException("on purpose");
        });
        notices.subscribe("users", heard::add);
        insertUser("00000000-0000-0000-0000-0000000000aa", "a");
        insertUser("00000000-0000-0000-0000-0000000000bb", "b");
        assertThat(List.of(next(), next()))
                .containsExactly("00000000-0000-0000-0000-0000000000aa", "00000000-0000-0000-0000-0000000000bb");
    }

    @Test
    void aChangeWhoseNoticeWasLostIsFoundByItsVersion() throws InterruptedException {
        notices.subscribe("models", heard::add);
        database.jdbi()
                .useHandle(
                        handle -> handle.execute("INSERT INTO change_notices (topic, version) VALUES ('models', 1)"));
        assertThat(next()).isEmpty();
    }

    @Test
    void afterALostConnectionEverythingMayHaveChanged() throws InterruptedException {
        notices.subscribe("users", heard::add);
        killListeningConnections();
        assertThat(next()).isEmpty();
        insertUser("00000000-0000-0000-0000-0000000000cc", "c");
        List<String> after = new ArrayList<>(List.of(next()));
        while (!after.contains("00000000-0000-0000-0000-0000000000cc")) {
            after.add(next());
        }
        assertThat(after).contains("00000000-0000-0000-0000-0000000000cc");
    }

    private void killListeningConnections() {
        try (Database superuser = new Database(SharedPostgres.asSuperuser(database.address()))) {
            superuser.jdbi().useHandle(handle -> handle.execute("""
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                      AND (query LIKE 'LISTEN%' OR query LIKE '%FROM change_notices')
                    """));
        }
    }

    private void insertUser(String id, String name) {
        database.jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO users (id, username, email, password_hash, role) VALUES (?::uuid, ?, ?, 'x', 'user')
                """, id, name, name + "@example.org"));
    }

    private String next() throws InterruptedException {
        String subject = heard.poll(20, TimeUnit.SECONDS);
        assertThat(subject).as("a notice").isNotNull();
        return String.valueOf(subject);
    }
}
