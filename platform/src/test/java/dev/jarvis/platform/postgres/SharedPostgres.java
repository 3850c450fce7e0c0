package dev.jarvis.platform.postgres;

import dev.jarvis.platform.start.DataDirectory;
import dev.jarvis.platform.vault.Secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One server for all tests of this module's test run, and as many empty databases on it as they want. */
public final class SharedPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    private SharedPostgres() {}

    /** Where PostgreSQL's programs are unpacked for all tests of this checkout. */
    public static Path binaries() {
        return Path.of(System.getProperty("jarvis.repository"), "target", "postgres-bin");
    }

    /** An empty database whose owner we are, as an URL: what an operator of an external server would write. */
    public static String emptyDatabaseUrl() {
        String name = "test_" + DATABASES.incrementAndGet();
        DatabaseAddress superuser = SERVER.superuserAddress("postgres");
        try (Connection connection = Database.connect(superuser, Duration.ZERO);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " OWNER jarvis");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        String password = SERVER.address().password().map(Secret::reveal).orElseThrow();
        String hostAndPort = SERVER.address().jdbcUrl().split("/")[2];
        return "postgres://jarvis:" + password + "@" + hostAndPort + "/" + name;
    }

    public static DatabaseAddress emptyDatabase() {
        return DatabaseAddress.parse(emptyDatabaseUrl());
    }

    /** The superuser's way into one of these databases. */
    public static DatabaseAddress asSuperuser(DatabaseAddress address) {
        DatabaseAddress superuser = SERVER.superuserAddress("postgres");
        return new DatabaseAddress(
                address.jdbcUrl(),
                superuser.user(),
                Optional.of(superuser.password().orElseThrow()));
    }

    private static EmbeddedPostgres start() {
        try {
            DataDirectory data = DataDirectory.open(Files.createTempDirectory("jarvis-test-postgres"));
            EmbeddedPostgres server = EmbeddedPostgres.start(data, binaries());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                try {
                    PostgresBinaries.delete(data.path());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
