package dev.jarvis.platform.postgres;

import dev.jarvis.platform.start.CannotStartException;
import dev.jarvis.platform.start.DataDirectory;
import dev.jarvis.platform.vault.Secret;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedPostgresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a first start leaves: making it takes seconds, copying it does not. */
    @TempDir
    static Path made;

    @TempDir
    Path directory;

    @BeforeAll
    static void startForTheFirstTime() {
        try (DataDirectory data = DataDirectory.open(made)) {
            EmbeddedPostgres.start(data, SharedPostgres.binaries()).close();
        }
    }

    @BeforeEach
    void copyIt() throws Exception {
        Process copy = new ProcessBuilder("cp", "-a", made + "/.", directory.toString())
                .inheritIO()
                .start();
        assertThat(copy.waitFor()).isZero();
    }

    @Test
    void programsThatABuildHasUnpackedAreLinkedAndOutliveIt() throws Exception {
        Path prepared = Files.createTempDirectory(SharedPostgres.binaries().getParent(), "prepared-");
        Path program = Path.of("bin", "postgres");
        try {
            Path first = PostgresBinaries.unpack(prepared, Optional.of(SharedPostgres.binaries()))
                    .directory();
            Path second = PostgresBinaries.unpack(directory.resolve("linked"), Optional.of(prepared))
                    .directory();
            assertThat(Files.getAttribute(first.resolve(program), "unix:nlink")).isNotEqualTo(1);
            PostgresBinaries.delete(first);
            assertThat(second.resolve(program)).isExecutable();
            assertThat(second).isDirectoryRecursivelyContaining("glob:**/plpgsql.so");
        } finally {
            PostgresBinaries.delete(prepared);
        }
    }

    @Test
    void killOfTheProcessThatHoldsItLeavesNoOrphanAndLosesNothing() throws Exception {
        int rows = 0;
        for (int round = 1; round <= 2; round++) {
            Process holder = hold();
            Postmaster postmaster = Postmaster.of(postgres()).orElseThrow();
            holder.destroyForcibly().waitFor();
            postmaster.process().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            rows += CommittingHolder.ROWS;
            assertThat(rowsAfterRestart()).isEqualTo(rows);
        }
    }

    @Test
    void aServerLeftRunningIsStoppedByTheNextStart() throws Exception {
        Process holder = hold();
        long orphan = Postmaster.of(postgres()).orElseThrow().process().pid();
        holder.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("sh"))
                .forEach(ProcessHandle::destroyForcibly);
        holder.destroyForcibly().waitFor();
        assertThat(Postmaster.of(postgres()).map(found -> found.process().pid()))
                .contains(orphan);
        assertThat(rowsAfterRestart()).isEqualTo(CommittingHolder.ROWS);
    }

    @Test
    void aFileThatNamesSomebodyElsesProcessIsNotTakenForAServer() throws Exception {
        try (DataDirectory data = DataDirectory.open(directory)) {
            EmbeddedPostgres.start(data, SharedPostgres.binaries()).close();
            long self = ProcessHandle.current().pid();
            Files.writeString(Postmaster.file(postgres()), self + "\n" + postgres() + "\n1\n5432\n\n127.0.0.1\n");
            try (EmbeddedPostgres server = EmbeddedPostgres.start(data, SharedPostgres.binaries());
                    Database database = new Database(server.address())) {
                database.ping();
            }
        }
    }

    @Test
    void aKilledServerIsStartedAgainOnItsPort() throws Exception {
        try (DataDirectory data = DataDirectory.open(directory);
                EmbeddedPostgres server = EmbeddedPostgres.start(data, SharedPostgres.binaries());
                Database database = new Database(server.address())) {
            database.jdbi().useHandle(handle -> handle.execute("CREATE TABLE kept AS SELECT 7 AS id"));
            Postmaster killed = Postmaster.of(postgres()).orElseThrow();
            killed.process().destroyForcibly();
            killed.process().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(eventuallySelect(database, "SELECT id FROM kept")).isEqualTo(7);
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (DataDirectory data = DataDirectory.open(directory);
                EmbeddedPostgres server = EmbeddedPostgres.start(data, SharedPostgres.binaries())) {
            String url = server.address().jdbcUrl();
            for (String user : List.of("postgres", "jarvis")) {
                assertThatThrownBy(() -> connect(new DatabaseAddress(url, user, Optional.empty())))
                        .isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> connect(new DatabaseAddress(url, user, Optional.of(new Secret("guess")))))
                        .hasMessageContaining("password authentication failed");
            }
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("postgres.passwords"))))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(postgres().resolve("pg_hba.conf"))).doesNotContainPattern("(?m)^[^#]*trust$");
            assertThat(EmbeddedPostgres.running(directory)).contains(server.address());
        }
        assertThat(EmbeddedPostgres.running(directory)).isEmpty();
    }

    @Test
    void aDirectoryBelongsToOneJarvisAtATime() {
        try (DataDirectory data = DataDirectory.open(directory)) {
            assertThatThrownBy(() -> DataDirectory.open(directory))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining(data.path().toString())
                    .hasMessageContaining("in use by another Jarvis");
        }
        DataDirectory.open(directory).close();
    }

    private Path postgres() {
        return directory.toAbsolutePath().normalize().resolve("postgres");
    }

    private static void connect(DatabaseAddress address) throws SQLException {
        Database.connect(address, PATIENCE).close();
    }

    /** Another JVM that starts the server, commits rows and then waits to be killed. */
    private Process hold() throws IOException {
        Process holder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                        CommittingHolder.class.getName(),
                        directory.toString(),
                        SharedPostgres.binaries().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = holder.inputReader();
        assertThat(output.readLine()).isEqualTo("committed");
        return holder;
    }

    private int rowsAfterRestart() {
        try (DataDirectory data = DataDirectory.open(directory);
                EmbeddedPostgres server = EmbeddedPostgres.start(data, SharedPostgres.binaries());
                Database database = new Database(server.address())) {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT count(*) FROM kept")
                            .mapTo(Integer.class)
                            .one());
        }
    }

    private static int eventuallySelect(Database database, String query) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return database.jdbi()
                        .withHandle(handle ->
                                handle.createQuery(query).mapTo(Integer.class).one());
            } catch (RuntimeException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }
}
