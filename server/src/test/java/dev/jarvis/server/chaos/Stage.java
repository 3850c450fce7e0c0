package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.DurablePostgres;
import dev.jarvis.testkit.database.TestDatabase;
import dev.jarvis.testkit.provider.ScriptedProvider;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** What most scenarios play on: a durable PostgreSQL, a provider, clients, and somebody who starts servers. */
final class Stage implements AutoCloseable {
    private final DurablePostgres postgres = DurablePostgres.start();
    private final TestDatabase database = postgres.newDatabase();
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final StreamingClients clients = new StreamingClients();
    private final Supervisor supervisor;

    Stage(Path home) {
        this.supervisor = new Supervisor(provider, home);
    }

    DurablePostgres postgres() {
        return postgres;
    }

    TestDatabase database() {
        return database;
    }

    ScriptedProvider provider() {
        return provider;
    }

    StreamingClients clients() {
        return clients;
    }

    TestingServer start(Map<String, String> settings) {
        return supervisor.start(database, settings);
    }

    /** A server that reaches the database at another port: that of a proxy. */
    TestingServer startBehind(int databasePort, Map<String, String> settings) {
        return supervisor.start(new TestDatabase(databasePort, database.name()), settings);
    }

    /** Returns when so many more attempts have reached the provider. */
    void awaitMore(int attempts) {
        int before = provider.ledger().started();
        Await.until(
                attempts + " more attempts",
                Duration.ofMinutes(2),
                () -> provider.ledger().started() - before >= attempts);
    }

    /** Lets what is going on go on for a while: how long something is away is part of a scenario. */
    static void lasts(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Await.until("the time is up", time.plusSeconds(10), () -> System.nanoTime() > end);
    }

    /** A number of {@code /metrics}; 0 if it is not there. */
    static double metric(TestingServer server, String name) {
        return Arrays.stream(server.anonymous().get("/metrics").body().split("\n"))
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Holds the tables against the ledger and the transcripts. */
    Verdict judge(Duration patience) {
        return new Oracle(provider, database, clients.transcripts()).judge(patience);
    }

    @Override
    public void close() {
        try (postgres;
                provider;
                clients;
                supervisor) {
            assert supervisor != null;
        }
    }
}
