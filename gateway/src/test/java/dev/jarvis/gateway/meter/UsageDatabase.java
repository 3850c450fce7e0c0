package dev.jarvis.gateway.meter;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jdbi.v3.core.Jdbi;

import javax.sql.DataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A database of its own for a test, on one PostgreSQL for all of them. */
final class UsageDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String TEMPLATE = "usage_template";

    private final DataSource source;
    private final Jdbi jdbi;

    private UsageDatabase(DataSource source) {
        this.source = source;
        jdbi = Jdbi.create(source);
    }

    /** The server, and a template with all migrations applied; made once. */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
                execute(postgres.getPostgresDatabase(), "CREATE DATABASE " + TEMPLATE);
                for (Path migration : migrations()) {
                    execute(postgres.getDatabase("postgres", TEMPLATE), Files.readString(migration));
                }
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void close(EmbeddedPostgres postgres) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static UsageDatabase create() {
        String name = "usage_" + COUNT.incrementAndGet();
        execute(Server.POSTGRES.getPostgresDatabase(), "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
        return new UsageDatabase(Server.POSTGRES.getDatabase("postgres", name));
    }

    Jdbi jdbi() {
        return jdbi;
    }

    DataSource source() {
        return source;
    }

    void execute(String sql) {
        execute(source, sql);
    }

    List<Map<String, Object>> rows(String sql) {
        return jdbi.withHandle(handle -> handle.createQuery(sql).mapToMap().list());
    }

    long number(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    List<String> strings(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    private static List<Path> migrations() throws IOException {
        Path folder = Path.of(System.getProperty("jarvis.repository"), "migrations");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
    }

    private static void execute(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
