package dev.jarvis.server;

import dev.jarvis.platform.postgres.Database;
import dev.jarvis.platform.postgres.DatabaseAddress;
import dev.jarvis.platform.postgres.Durability;
import dev.jarvis.platform.postgres.EmbeddedPostgres;
import dev.jarvis.platform.postgres.Migrations;
import dev.jarvis.platform.settings.Settings;
import dev.jarvis.platform.start.CannotStartException;
import dev.jarvis.platform.start.DataDirectory;
import dev.jarvis.platform.vault.TinkVault;
import org.jdbi.v3.core.JdbiException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The database, its clock and the master key that belongs to it. */
record DatabaseCheck(Settings settings) {
    private static final Duration SKEW = Duration.ofSeconds(5);

    List<Finding> findings() {
        Optional<DatabaseAddress> address = settings.database().isPresent()
                ? settings.database()
                : EmbeddedPostgres.running(settings.dataDirectory());
        if (address.isEmpty()) {
            return List.of(embedded());
        }
        try (Database database = new Database(address.get())) {
            return of(database);
        }
    }

    private List<Finding> of(Database database) {
        List<Finding> findings = new ArrayList<>();
        String where = "database " + database.address().jdbcUrl();
        try (var connection = database.connect(Duration.ofSeconds(10))) {
            findings.add(new Finding.Fine(
                    where + " answers: PostgreSQL " + connection.getMetaData().getDatabaseProductVersion()));
        } catch (SQLException e) {
            return List.of(new Finding.Broken(where + " cannot be reached: " + e.getMessage()));
        }
        findings.add(clock(database));
        try {
            Durability.check(database);
            if (EngineRights.areMigrationsApplied(Migrations.packaged(), database)) {
                findings.add(new Finding.Fine("schema: every migration is applied"));
                if (settings.isEngineApart()) {
                    EngineRights.check(database);
                    findings.add(new Finding.Fine("database role: has what an engine needs"));
                } else {
                    findings.add(vault(database));
                }
            } else if (settings.isEngineApart()) {
                findings.add(new Finding.Broken("schema: lacks migrations, which the gateway applies at its start"));
            } else {
                findings.add(new Finding.Notable("schema: the next start applies migrations"));
            }
        } catch (CannotStartException | JdbiException e) {
            findings.add(new Finding.Broken(String.valueOf(e.getMessage())));
        }
        return findings;
    }

    private static Finding clock(Database database) {
        Instant theirs = database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT now()")
                        .mapTo(OffsetDateTime.class)
                        .one()
                        .toInstant());
        Duration difference = Duration.between(theirs, Instant.now()).abs();
        return difference.compareTo(SKEW) < 0
                ? new Finding.Fine("clock agrees with the database's")
                : new Finding.Broken("clock differs from the database's by " + difference.toSeconds()
                        + " s: tokens and usage would carry wrong times");
    }

    private Finding vault(Database database) {
        if (!TinkVault.hasBeenSealed(database.jdbi())) {
            return new Finding.Notable("master key: the first start chooses it");
        }
        return TinkVault.start(settings.keySource(), database.jdbi())
                .sealedBecause()
                .<Finding>map(Finding.Broken::new)
                .orElseGet(() -> new Finding.Fine("master key opens this database"));
    }

    /** Starts the embedded server in a directory of its own that is gone afterwards. */
    private Finding embedded() {
        try {
            Path trial = Files.createTempDirectory("jarvis-doctor");
            try (DataDirectory data = DataDirectory.open(trial);
                    EmbeddedPostgres server = EmbeddedPostgres.start(data)) {
                return new Finding.Fine(
                        "built-in PostgreSQL starts here (" + server.address().jdbcUrl() + ")");
            } finally {
                Deletion.of(trial);
            }
        } catch (CannotStartException | IOException e) {
            return new Finding.Broken(String.valueOf(e.getMessage()));
        }
    }
}
