package dev.jarvis.platform.postgres;

import dev.jarvis.platform.start.CannotStartException;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DurabilityTest {
    @Test
    void c14_refusesADatabaseThatConfirmsBeforeItKeeps() throws Exception {
        DatabaseAddress address = SharedPostgres.emptyDatabase();
        String name = address.jdbcUrl().substring(address.jdbcUrl().lastIndexOf('/') + 1);
        try (Connection connection = Database.connect(SharedPostgres.asSuperuser(address), Duration.ZERO);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + name + " SET synchronous_commit = off");
        }
        try (Database database = new Database(address)) {
            assertThatThrownBy(() -> Durability.check(database))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("synchronous_commit = off")
                    .hasMessageContaining("JARVIS_UNSAFE_DATABASE");
        }
    }
}
