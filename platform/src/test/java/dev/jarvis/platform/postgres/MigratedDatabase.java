package dev.jarvis.platform.postgres;

import java.sql.SQLException;

/** A fresh database with every migration applied. */
public final class MigratedDatabase {
    private MigratedDatabase() {}

    public static Database open() {
        Database database = new Database(SharedPostgres.emptyDatabase());
        try {
            Migrations.packaged().apply(database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return database;
    }
}
