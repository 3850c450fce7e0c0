package dev.jarvis.platform.postgres;

/** A database that Jarvis knows by its URL alone. */
class ExternalDatabaseTest extends DatabaseContract {
    @Override
    DatabaseAddress address() {
        return DatabaseAddress.parse(SharedPostgres.emptyDatabaseUrl());
    }
}
