package dev.jarvis.platform.postgres;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a database to the schema of this version, at start and under a lock. Not a migration tool: the files must also run
 * by {@code psql -f}, one after the other on an empty database, and a database made that way must be accepted. So each
 * file carries its own transaction and its own row in schema_migrations; what is added here is the order, the lock, the
 * checksums and the refusal to touch a database that is not what the files would have made.
 */
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    /** Any number does that nobody else uses: the bytes of "jarvis m". */
    private static final long LOCK = 0x6a61_7276_6973_206dL;

    private record Applied(int version, String name, Optional<String> checksum) {}

    private final List<Migration> known;

    /** @param known in order, numbered from 1 without a gap */
    Migrations(List<Migration> known) {
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).version() != i + 1) {
                throw new IllegalArgumentException("migrations are numbered from 1 without a gap: "
                        + known.stream().map(Migration::fileName).toList());
            }
        }
        this.known = List.copyOf(known);
    }

    /** The migrations on the class path. */
    public static Migrations packaged() {
        return new Migrations(PackagedMigrations.read());
    }

    /**
     * Applies what is missing. Safe when several servers start at once: one works, the others wait and find it done.
     *
     * @throws DriftException if the database is not what these migrations would have made
     */
    public void apply(Database database) throws SQLException {
        try (Connection connection = database.connect(Duration.ZERO);
                Handle handle = Jdbi.create(connection).open()) {
            handle.execute("SELECT pg_advisory_lock(?)", LOCK);
            List<Applied> applied = check(handle);
            List<Migration> missing = known.subList(applied.size(), known.size());
            // An upgrade may take its time and says what it is at; a new database is made in a moment.
            Level level = applied.isEmpty() ? Level.DEBUG : Level.INFO;
            for (Migration migration : missing) {
                LOG.atLevel(level).log("Applying migration {}", migration.fileName());
                run(connection, migration);
            }
            if (applied.isEmpty()) {
                LOG.info("Made the tables of a new database: {} migrations", missing.size());
            }
            fillInChecksums(handle);
        }
    }

    /**
     * Whether the database is at the schema of this version: part of readiness. Changes nothing.
     *
     * @throws DriftException as {@link #apply}
     */
    public boolean areApplied(Database database) {
        return database.jdbi().withHandle(handle -> check(handle).size() == known.size());
    }

    private List<Applied> check(Handle handle) {
        List<Applied> applied = applied(handle);
        Map<Integer, Applied> byVersion = new HashMap<>();
        applied.forEach(row -> byVersion.put(row.version(), row));
        int newest = known.size();
        for (Applied row : applied) {
            if (row.version() > newest) {
                throw new DriftException(
                        ("The database has migration %03d_%s, and this Jarvis knows migrations up to %03d:"
                                        + " it was upgraded by a newer Jarvis. Start that version, or restore a backup from"
                                        + " before the upgrade.")
                                .formatted(row.version(), row.name(), newest));
            }
        }
        for (int version = 1; version <= applied.size(); version++) {
            Applied row = byVersion.get(version);
            Migration migration = known.get(version - 1);
            if (row == null) {
                throw new DriftException("The database lacks migration " + migration.fileName()
                        + " but has later ones. Run that file with psql, or restore a backup.");
            }
            compare(row, migration);
        }
        return applied;
    }

    private static void compare(Applied row, Migration migration) {
        if (!row.name().equals(migration.name())) {
            throw new DriftException(
                    "Migration %03d in the database is '%s', in this Jarvis it is '%s'. The database was made by something else; use an empty one."
                            .formatted(row.version(), row.name(), migration.name()));
        }
        if (row.checksum().isPresent() && !row.checksum().get().equals(migration.checksum())) {
            throw new DriftException("Migration " + migration.fileName()
                    + " was changed after it had been applied: the database has checksum "
                    + row.checksum()
                            .get()
                            .substring(0, Math.min(12, row.checksum().get().length())) + "…, the file "
                    + migration.checksum().substring(0, 12)
                    + "…. Put the original file back; changes belong into a new migration.");
        }
    }

    private static List<Applied> applied(Handle handle) {
        boolean exists = handle.createQuery("SELECT to_regclass('schema_migrations') IS NOT NULL")
                .mapTo(Boolean.class)
                .one();
        if (exists) {
            return handle.createQuery("SELECT version, name, checksum FROM schema_migrations ORDER BY version")
                    .map((row, context) -> new Applied(
                            row.getInt("version"),
                            row.getString("name"),
                            Optional.ofNullable(row.getString("checksum"))))
                    .list();
        }
        List<String> tables = handle.createQuery("""
                        SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename LIMIT 3
                        """).mapTo(String.class).list();
        if (!tables.isEmpty()) {
            throw new DriftException("The database has tables (" + String.join(", ", tables)
                    + ", …) but no schema_migrations: it belongs to something else. Give Jarvis an empty database.");
        }
        return List.of();
    }

    private static void run(Connection connection, Migration migration) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(migration.sql());
        } catch (SQLException e) {
            try (Statement rollback = connection.createStatement()) {
                rollback.execute("ROLLBACK");
            }
            throw new DriftException("Migration " + migration.fileName()
                    + " could not be applied, nothing of it was kept: " + e.getMessage());
        }
    }

    private void fillInChecksums(Handle handle) {
        for (Migration migration : known) {
            handle.createUpdate(
                            "UPDATE schema_migrations SET checksum = :checksum WHERE version = :version AND checksum IS NULL")
                    .bind("checksum", migration.checksum())
                    .bind("version", migration.version())
                    .execute();
        }
        int recorded = handle.createQuery("SELECT count(*) FROM schema_migrations")
                .mapTo(Integer.class)
                .one();
        if (recorded != known.size()) {
            throw new IllegalStateException("a migration did not insert its row into schema_migrations");
        }
    }
}
