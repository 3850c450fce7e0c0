package dev.jarvis.testkit.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server, started once in a test JVM when it is first asked for and stopped with it. It is quick and
 * not durable (fsync off): what tests of durability need is {@code platform.postgres}' own embedded server.
 */
public final class RunningPostgres {
    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final EmbeddedPostgres server;

    private RunningPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    private static final class Only {
        private static final RunningPostgres SERVER = start();
    }

    /** The JVM's server; the first call takes one to three seconds. */
    public static RunningPostgres get() {
        return Only.SERVER;
    }

    /** A fresh database with all migrations applied, in some 50 ms: a copy of one that was migrated once. */
    public static TestDatabase newDatabase() {
        return get().create("test" + NUMBER.incrementAndGet(), TEMPLATE);
    }

    /** A fresh database without any table. */
    public static TestDatabase newEmptyDatabase() {
        return get().create("empty" + NUMBER.incrementAndGet(), "template0");
    }

    public int port() {
        return server.getPort();
    }

    private TestDatabase create(String name, String template) {
        database("postgres").execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        return database(name);
    }

    private TestDatabase database(String name) {
        return new TestDatabase(server.getPort(), name);
    }

    private static RunningPostgres start() {
        try {
            Path home = OrphanedPostgres.homeOfThisProcess();
            OrphanedPostgres.sweep();
            RunningPostgres running = new RunningPostgres(EmbeddedPostgres.builder()
                    .setDataDirectory(home.resolve("data"))
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("shared_buffers", "64MB")
                    .setServerConfig("timezone", "UTC")
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start());
            TestDatabase template = running.create(TEMPLATE, "template0");
            for (Path migration : Repository.migrations()) {
                template.execute(Files.readString(migration));
            }
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL for tests did not start", e);
        }
    }
}
