package dev.jarvis.testkit.database;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunningPostgresTest {
    @Test
    void givesEachTestAMigratedDatabaseOfItsOwn() {
        TestDatabase first = RunningPostgres.newDatabase();
        TestDatabase second = RunningPostgres.newDatabase();

        first.execute("INSERT INTO change_notices (topic) VALUES ('only here')");

        assertThat(first.query("SELECT topic FROM change_notices")).containsExactly("only here");
        assertThat(second.query("SELECT topic FROM change_notices")).isEmpty();
        assertThat(second.query("SELECT name FROM schema_migrations ORDER BY version"))
                .startsWith("users", "caller_keys", "llm_usage", "llm_models")
                .hasSize(Repository.migrations().size());
    }

    @Test
    void givesACopyThatIsChangedAlone() {
        TestDatabase original = RunningPostgres.newDatabase();
        original.execute("INSERT INTO change_notices (topic) VALUES ('in both')");

        TestDatabase copy = RunningPostgres.copyOf(original);
        copy.execute("INSERT INTO change_notices (topic) VALUES ('only in the copy')");

        assertThat(copy.query("SELECT topic FROM change_notices ORDER BY 1"))
                .containsExactly("in both", "only in the copy");
        assertThat(original.query("SELECT topic FROM change_notices")).containsExactly("in both");
    }

    @Test
    void givesAnEmptyDatabaseToo() {
        TestDatabase empty = RunningPostgres.newEmptyDatabase();

        assertThatThrownBy(() -> empty.query("SELECT 1 FROM users")).hasMessageContaining("users");
    }

    @Test
    void keepsOneServerForTheWholeRun() {
        assertThat(RunningPostgres.newDatabase().port())
                .isEqualTo(RunningPostgres.get().port());
    }
}
