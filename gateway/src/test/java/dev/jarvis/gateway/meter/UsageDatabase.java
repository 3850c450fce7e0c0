package dev.jarvis.gateway.meter;

import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import org.jdbi.v3.core.Jdbi;

import javax.sql.DataSource;
import java.util.List;
import java.util.Map;

/** A migrated database of its own for a test. */
final class UsageDatabase {
    private final TestDatabase database;
    private final Jdbi jdbi;

    private UsageDatabase(TestDatabase database) {
        this.database = database;
        this.jdbi = Jdbi.create(database.dataSource());
    }

    static UsageDatabase create() {
        return new UsageDatabase(RunningPostgres.newDatabase());
    }

    /** Another one that has what this one has now: what a backup of this moment restores. */
    UsageDatabase copy() {
        return new UsageDatabase(RunningPostgres.copyOf(database));
    }

    Jdbi jdbi() {
        return jdbi;
    }

    DataSource source() {
        return database.dataSource();
    }

    void execute(String sql) {
        database.execute(sql);
    }

    List<Map<String, Object>> rows(String sql) {
        return jdbi.withHandle(handle -> handle.createQuery(sql).mapToMap().list());
    }

    long number(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    List<String> strings(String sql) {
        return database.query(sql);
    }
}
