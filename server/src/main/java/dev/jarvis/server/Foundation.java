package dev.jarvis.server;

import dev.jarvis.platform.notice.PostgresNotices;
import dev.jarvis.platform.postgres.Database;
import dev.jarvis.platform.postgres.Durability;
import dev.jarvis.platform.postgres.EmbeddedPostgres;
import dev.jarvis.platform.postgres.Migrations;
import dev.jarvis.platform.settings.Settings;
import dev.jarvis.platform.start.CannotStartException;
import dev.jarvis.platform.start.DataDirectory;
import dev.jarvis.platform.telemetry.Telemetry;
import dev.jarvis.platform.vault.TinkVault;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * What every part of the server stands on: the data directory, a database at this version's schema, the vault, change
 * notices and metrics.
 */
public final class Foundation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Foundation.class);

    /** An external database may be starting at the same time as we are. */
    private static final Duration WAIT_FOR_DATABASE = Duration.ofSeconds(30);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final Closing closing;
    private final Settings settings;
    private final DataDirectory data;
    private final Database database;
    private final Migrations migrations;
    private final Optional<TinkVault> vault;
    private final PostgresNotices notices;
    private final Telemetry telemetry = new Telemetry();

    private Foundation(Settings settings, Closing closing) throws SQLException {
        this.closing = closing;
        this.settings = settings;
        this.data = closing.add(DataDirectory.open(settings.dataDirectory()));
        this.database = openDatabase(settings, data, closing);
        this.migrations = Migrations.packaged();
        if (settings.isEngineApart()) {
            awaitMigrations();
            EngineRights.check(database);
            this.vault = Optional.empty();
        } else {
            migrations.apply(database);
            this.vault = Optional.of(TinkVault.start(settings.keySource(), database.jdbi()));
        }
        this.notices = closing.add(PostgresNotices.open(database));
        vault.ifPresent(own -> notices.subscribe("vault", subject -> own.reload()));
    }

    /** @throws CannotStartException if something does not hold that has to, with what to do about it */
    public static Foundation open(Settings settings) {
        Closing closing = new Closing();
        try {
            return new Foundation(settings, closing);
        } catch (SQLException e) {
            closing.close();
            throw new CannotStartException("The database cannot be used: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            closing.close();
            throw e;
        }
    }

    /** The embedded database, started; or the external one, found to answer and to be durable. */
    static Database openDatabase(Settings settings, DataDirectory data, Closing closing) {
        if (settings.database().isEmpty()) {
            return closing.add(
                    new Database(closing.add(EmbeddedPostgres.start(data)).address()));
        }
        Database database = closing.add(new Database(settings.database().get()));
        awaitAnswer(database);
        if (!settings.unsafeDatabase()) {
            Durability.check(database);
        }
        return database;
    }

    /** An engine apart may change no schema: the gateway does, which may be starting at the same time. */
    private void awaitMigrations() {
        long deadline = System.nanoTime() + WAIT_FOR_DATABASE.toNanos();
        while (!EngineRights.areMigrationsApplied(migrations, database)) {
            if (System.nanoTime() > deadline) {
                throw new CannotStartException(
                        "The database lacks migrations of this version, which an engine apart does not apply. Start the"
                                + " gateway in this version first.");
            }
            LOG.info("Waiting for the gateway to bring the database to this version");
            pause();
        }
    }

    private static void awaitAnswer(Database database) {
        long deadline = System.nanoTime() + WAIT_FOR_DATABASE.toNanos();
        while (true) {
            try (var connection = database.connect(Duration.ofSeconds(10))) {
                LOG.debug("The database answers as {}", connection.getMetaData().getDatabaseProductVersion());
                return;
            } catch (SQLException e) {
                if (!isWorthWaitingFor(e) || System.nanoTime() > deadline) {
                    throw new CannotStartException(
                            "The database " + database.address().jdbcUrl() + " cannot be reached as "
                                    + database.address().user() + ": " + e.getMessage()
                                    + " Check JARVIS_DATABASE_URL.",
                            e);
                }
                LOG.info("Waiting for the database: {}", e.getMessage());
                pause();
            }
        }
    }

    /** Not there yet (class 08) or starting up (57P03); a wrong password or database name will not come right by itself. */
    private static boolean isWorthWaitingFor(SQLException e) {
        return Optional.ofNullable(e.getSQLState())
                .map(state -> state.startsWith("08") || state.equals("57P03"))
                .orElse(false);
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted while waiting for the database.", e);
        }
    }

    public Settings settings() {
        return settings;
    }

    public DataDirectory data() {
        return data;
    }

    public Database database() {
        return database;
    }

    /** @throws IllegalStateException in an engine apart, which has none */
    public TinkVault vault() {
        return vault.orElseThrow(() -> new IllegalStateException("an engine apart has no vault"));
    }

    /** Why the vault cannot be used, where there is one. */
    Optional<String> sealedBecause() {
        return vault.flatMap(TinkVault::sealedBecause);
    }

    public PostgresNotices notices() {
        return notices;
    }

    public Telemetry telemetry() {
        return telemetry;
    }

    /** Empty if the database answers and is at this version's schema. */
    Optional<String> databaseProblem() {
        try {
            database.ping();
            return Optional.empty();
        } catch (JdbiException e) {
            return Optional.of("The database does not answer.");
        }
    }

    Optional<String> migrationsProblem() {
        try {
            return migrations.areApplied(database)
                    ? Optional.empty()
                    : Optional.of("The database lacks migrations; start again.");
        } catch (CannotStartException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (JdbiException e) {
            return Optional.of("The database does not answer.");
        }
    }

    @Override
    public void close() {
        closing.close();
    }
}
