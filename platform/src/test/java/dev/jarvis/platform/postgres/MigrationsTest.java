package dev.jarvis.platform.postgres;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MigrationsTest {
    private static final String LEDGER =
            "CREATE TABLE schema_migrations (version integer PRIMARY KEY, name text NOT NULL, checksum text, applied_at timestamptz NOT NULL DEFAULT now());";

    private final Database database = new Database(SharedPostgres.emptyDatabase());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyFileOfTheRepositoryIsPackaged() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("jarvis.repository"), "migrations"))) {
            assertThat(PackagedMigrations.read().stream().map(Migration::fileName))
                    .containsExactlyElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .sorted()
                                    .toList());
        }
    }

    @Test
    void adoptsADatabaseMadeByRunningTheFilesByHand() throws SQLException {
        for (Migration migration : PackagedMigrations.read()) {
            run(migration.sql());
        }
        assertThat(count("SELECT count(*) FROM schema_migrations WHERE checksum IS NULL"))
                .isPositive();
        Migrations.packaged().apply(database);
        assertThat(count("SELECT count(*) FROM schema_migrations WHERE checksum IS NULL"))
                .isZero();
    }

    /** With the client of the machine, as an operator would. */
    @Test
    void adoptsADatabaseMadeByPsql() throws Exception {
        Assumptions.assumeTrue(isPsqlInstalled(), "psql is not installed on this machine");
        String url = SharedPostgres.emptyDatabaseUrl();
        for (Migration migration : PackagedMigrations.read()) {
            Path file = Path.of(System.getProperty("jarvis.repository"), "migrations")
                    .resolve("%03d_%s.sql".formatted(migration.version(), migration.name()));
            assertThat(run("psql", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", file.toString()))
                    .as(file.getFileName().toString())
                    .isZero();
        }
        try (Database made = new Database(DatabaseAddress.parse(url))) {
            Migrations.packaged().apply(made);
            assertThat(Migrations.packaged().areApplied(made)).isTrue();
        }
    }

    private static boolean isPsqlInstalled() throws InterruptedException {
        try {
            return run("psql", "--version") == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }

    @Test
    void finishesADatabaseMadeByRunningOnlyTheFirstFileByHand() throws SQLException {
        run(PackagedMigrations.read().getFirst().sql());
        Migrations.packaged().apply(database);
        assertThat(Migrations.packaged().areApplied(database)).isTrue();
    }

    @Test
    void twoThatStartAtOnceApplyOnce() throws Exception {
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> starter = () -> {
                Migrations.packaged().apply(database);
                return true;
            };
            for (Future<Boolean> done : starters.invokeAll(List.of(starter, starter, starter))) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(count("SELECT count(*) FROM schema_migrations"))
                .isEqualTo(PackagedMigrations.read().size());
    }

    @Test
    void refusesAFileThatChangedAfterItWasApplied() throws SQLException {
        Migrations.packaged().apply(database);
        List<Migration> changed = new ArrayList<>(PackagedMigrations.read());
        Migration second = changed.get(1);
        changed.set(1, new Migration(second.version(), second.name(), second.sql() + "-- changed\n"));
        assertThatThrownBy(() -> new Migrations(changed).apply(database))
                .isInstanceOf(DriftException.class)
                .hasMessageContaining("002_caller_keys.sql was changed after it had been applied")
                .hasMessageContaining("new migration");
    }

    @Test
    void lineEndsDoNotCountAsAChange() throws SQLException {
        Migrations.packaged().apply(database);
        List<Migration> windows = PackagedMigrations.read().stream()
                .map(m -> new Migration(m.version(), m.name(), m.sql().replace("\n", "\r\n")))
                .toList();
        new Migrations(windows).apply(database);
    }

    @Test
    void refusesADatabaseOfANewerJarvis() throws SQLException {
        Migrations.packaged().apply(database);
        run("INSERT INTO schema_migrations (version, name) VALUES (999, 'from_the_future')");
        assertThatThrownBy(() -> Migrations.packaged().apply(database))
                .isInstanceOf(DriftException.class)
                .hasMessageContaining("999_from_the_future")
                .hasMessageContaining("newer Jarvis");
    }

    @Test
    void refusesADatabaseThatLacksAnEarlierMigration() throws SQLException {
        Migrations.packaged().apply(database);
        run("DELETE FROM schema_migrations WHERE version = 2");
        assertThatThrownBy(() -> Migrations.packaged().apply(database))
                .isInstanceOf(DriftException.class)
                .hasMessageContaining("lacks migration 002_caller_keys.sql");
    }

    @Test
    void refusesADatabaseOfSomethingElse() throws SQLException {
        run("CREATE TABLE orders (id integer)");
        assertThatThrownBy(() -> Migrations.packaged().apply(database))
                .isInstanceOf(DriftException.class)
                .hasMessageContaining("orders")
                .hasMessageContaining("empty database");
        assertThat(count("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo(1);
    }

    @Test
    void keepsNothingOfAFileThatFails() throws SQLException {
        Migration first = new Migration(
                1, "first", "BEGIN;" + LEDGER + "INSERT INTO schema_migrations VALUES (1, 'first'); COMMIT;");
        Migration broken =
                new Migration(2, "broken", "BEGIN; CREATE TABLE half (id integer); SELECT nonsense; COMMIT;");
        assertThatThrownBy(() -> new Migrations(List.of(first, broken)).apply(database))
                .isInstanceOf(DriftException.class)
                .hasMessageContaining("002_broken.sql could not be applied");
        assertThat(count("SELECT count(*) FROM pg_tables WHERE tablename = 'half'"))
                .isZero();
        assertThat(count("SELECT count(*) FROM schema_migrations")).isEqualTo(1);
    }

    private void run(String sql) throws SQLException {
        try (var connection = database.connect(java.time.Duration.ZERO);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }
}
