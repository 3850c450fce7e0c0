package dev.jarvis.platform.postgres;

import dev.jarvis.platform.start.CannotStartException;
import dev.jarvis.platform.start.DataDirectory;
import dev.jarvis.platform.vault.Secret;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of our own in the data directory: the default, for trial and small teams. It is as durable as any
 * other, asks for passwords, listens on the loopback address, stops with this process (also when that is killed), and is
 * started again on the same port when it is killed itself. Jarvis uses it as {@code jarvis}, owner of the database
 * {@code jarvis} and no superuser.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String SUPERUSER = "postgres";
    private static final String APPLICATION = "jarvis";
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Cluster cluster;
    private final EmbeddedPasswords passwords;
    private final int port;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watch;

    private EmbeddedPostgres(Cluster cluster, EmbeddedPasswords passwords, Postmaster postmaster, Guardian guardian) {
        this.cluster = cluster;
        this.passwords = passwords;
        this.port = postmaster.port();
        this.watch = Thread.ofPlatform().daemon().name("embedded-postgres").start(() -> watch(postmaster, guardian));
    }

    /** Starts the server of a data directory, making it at the first start. */
    public static EmbeddedPostgres start(DataDirectory data) {
        return start(data, data.resolve("postgres-bin"));
    }

    /**
     * As {@link #start(DataDirectory)}, with PostgreSQL's programs unpacked where several data directories share them.
     *
     * @throws CannotStartException with what PostgreSQL's log says, if it does not start
     */
    public static EmbeddedPostgres start(DataDirectory data, Path binaries) {
        try {
            EmbeddedPasswords passwords = EmbeddedPasswords.readOrMake(passwordFile(data.path()));
            Cluster cluster = new Cluster(
                    directory(data.path()),
                    data.resolve("postgres.log"),
                    new PostgresPrograms(PostgresBinaries.unpack(binaries)));
            cluster.createIfMissing(passwords, data.path());
            cluster.removeRemains();
            Postmaster postmaster = cluster.start();
            Guardian guardian = Guardian.over(postmaster, cluster.directory());
            createApplication(postmaster, passwords);
            return new EmbeddedPostgres(cluster, passwords, postmaster, guardian);
        } catch (IOException e) {
            throw new CannotStartException("The built-in PostgreSQL could not be started: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new CannotStartException(
                    "The built-in PostgreSQL started but refuses its own password file " + passwordFile(data.path())
                            + ": " + e.getMessage(),
                    e);
        }
    }

    /**
     * Unpacks PostgreSQL's programs into the directory that the system property {@value PostgresBinaries#PREPARED} names,
     * for every later start on an empty data directory to link them from; does nothing where it names none.
     */
    public static void prepare() throws IOException {
        Optional<Path> directory = PostgresBinaries.prepared();
        if (directory.isPresent()) {
            PostgresBinaries.unpack(directory.get());
        }
    }

    /** The database of a server that another process runs on this data directory, if one does. */
    public static Optional<DatabaseAddress> running(Path data) {
        Path path = data.toAbsolutePath().normalize();
        return Postmaster.of(directory(path)).map(postmaster -> {
            Secret password = EmbeddedPasswords.read(passwordFile(path)).application();
            return address(postmaster.port(), APPLICATION, APPLICATION, password);
        });
    }

    /** The application's own database. */
    public DatabaseAddress address() {
        return address(port, APPLICATION, APPLICATION, passwords.application());
    }

    /** Any database, as the superuser: for tests and repairs. */
    public DatabaseAddress superuserAddress(String database) {
        return address(port, database, SUPERUSER, passwords.superuser());
    }

    /** Stops the server, after its connections have been closed by their owners or else by it. */
    @Override
    public void close() {
        closing.countDown();
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(Postmaster first, Guardian firstGuardian) {
        Postmaster postmaster = first;
        Guardian guardian = firstGuardian;
        try {
            while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!postmaster.isAlive(cluster.directory())) {
                    LOG.warn("The built-in PostgreSQL is gone; starting it again on port {}", port);
                    guardian.close();
                    Optional<Postmaster> again = restart();
                    if (again.isPresent()) {
                        postmaster = again.get();
                        guardian = Guardian.over(postmaster, cluster.directory());
                        LOG.info("The built-in PostgreSQL runs again");
                    }
                }
            }
            cluster.stop();
        } catch (IOException e) {
            LOG.error("The built-in PostgreSQL did not stop in order", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            guardian.close();
        }
    }

    /** Not at once possible while processes of the dead server still hold its shared memory; the next look tries again. */
    private Optional<Postmaster> restart() {
        try {
            cluster.removeRemains();
            return cluster.tryStart(port);
        } catch (IOException e) {
            LOG.warn("The built-in PostgreSQL could not be started again yet", e);
            return Optional.empty();
        }
    }

    private static void createApplication(Postmaster postmaster, EmbeddedPasswords passwords) throws SQLException {
        DatabaseAddress superuser = address(postmaster.port(), SUPERUSER, SUPERUSER, passwords.superuser());
        try (Connection connection = Database.connect(superuser, Duration.ofSeconds(40));
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = 'jarvis'")) {
                statement.execute("CREATE ROLE jarvis LOGIN");
            }
            connection
                    .unwrap(PGConnection.class)
                    .alterUserPassword(
                            APPLICATION, passwords.application().reveal().toCharArray(), "scram-sha-256");
            if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = 'jarvis'")) {
                statement.execute("CREATE DATABASE jarvis OWNER jarvis");
            }
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next();
        }
    }

    private static DatabaseAddress address(int port, String database, String user, Secret password) {
        return new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/" + database, user, Optional.of(password));
    }

    private static Path directory(Path data) {
        return data.resolve("postgres");
    }

    private static Path passwordFile(Path data) {
        return data.resolve("postgres.passwords");
    }
}
