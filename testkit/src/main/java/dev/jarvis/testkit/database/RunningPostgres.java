package dev.jarvis.testkit.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server, started once in a test JVM when it is first asked for and stopped with it. It is quick and
 * not durable (fsync off): what tests of durability need is {@code platform.postgres}' own embedded server.
 */
public final class RunningPostgres {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final EmbeddedPostgres server;

    private RunningPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    private static final class Only {
        private static final RunningPostgres SERVER = start();
    }

    /** The JVM's server; the first call takes a second, and some more if it is the first of this checkout. */
    public static RunningPostgres get() {
        return Only.SERVER;
    }

    /** A fresh database with all migrations applied, in some 50 ms: a copy of one that was migrated once. */
    public static TestDatabase newDatabase() {
        return get().create("test" + NUMBER.incrementAndGet(), MigratedFiles.DATABASE);
    }

    /** A database of its own with all that is in another one, to which nobody may be connected. */
    public static TestDatabase copyOf(TestDatabase original) {
        return get().create("copy" + NUMBER.incrementAndGet(), original.name());
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
            Path data = home.resolve("data");
            MigratedFiles.copyTo(data);
            EmbeddedPostgres server = on(data).start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, data), "stop-postgres"));
            return new RunningPostgres(server);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL for tests did not start", e);
        }
    }

    /** Uses the files if they are there, and leaves them. */
    static EmbeddedPostgres.Builder on(Path data) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("synchronous_commit", "off")
                .setServerConfig("max_connections", "300")
                .setServerConfig("shared_buffers", "64MB")
                .setServerConfig("timezone", "UTC")
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .setPGStartupWait(Duration.ofSeconds(60));
    }

    private static void stop(EmbeddedPostgres server, Path data) {
        try {
            server.close();
            OrphanedPostgres.removeTree(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
