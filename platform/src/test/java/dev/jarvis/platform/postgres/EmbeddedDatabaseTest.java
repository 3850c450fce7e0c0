package dev.jarvis.platform.postgres;

import dev.jarvis.platform.start.DataDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The server that Jarvis runs itself, in its own database, as its own role. */
class EmbeddedDatabaseTest extends DatabaseContract {
    @TempDir
    static Path directory;

    private static DataDirectory data;
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() {
        data = DataDirectory.open(directory);
        server = EmbeddedPostgres.start(data, SharedPostgres.binaries());
    }

    @AfterAll
    static void stop() {
        server.close();
        data.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = Database.connect(server.address(), Duration.ZERO);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP OWNED BY jarvis; CREATE SCHEMA IF NOT EXISTS public");
        }
    }

    @Override
    DatabaseAddress address() {
        return server.address();
    }
}
