package dev.jarvis.testkit.database;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("chaos")
class DurablePostgresTest {
    @Test
    void whatWasCommittedIsThereAfterAKillFromAStandstill() {
        try (DurablePostgres postgres = DurablePostgres.start()) {
            TestDatabase database = postgres.newDatabase();
            database.execute("CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)");

            postgres.pause();
            postgres.kill();
            assertThatThrownBy(() -> database.query("SELECT 1")).hasMessageContaining("refused");
            postgres.startAgain();

            assertThat(database.query("SELECT n FROM kept")).containsExactly("1");
            assertThat(
                            database.query(
                                    "SELECT setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')"))
                    .containsOnly("on");
        }
    }
}
