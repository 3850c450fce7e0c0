package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.database.TestDatabase;
import dev.jarvis.testkit.provider.ScriptedProvider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts real servers over one database and one provider, and ends them with the scenario. */
public final class Supervisor implements AutoCloseable {
    private static final String MASTER_KEY = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";

    private final ScriptedProvider provider;
    private final Path home;
    private final List<TestingServer> servers = new ArrayList<>();

    public Supervisor(ScriptedProvider provider, Path home) {
        this.provider = provider;
        this.home = home;
    }

    /** A server with a directory and a port of its own, which are those of its successors too. */
    public TestingServer start(TestDatabase database, Map<String, String> settings) {
        Path directory = home.resolve("node" + (servers.size() + 1));
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TestingServer.Builder builder = TestingServer.builder()
                .withProvider(provider)
                .withDatabase(database)
                .withDirectory(directory)
                .withSetting("JARVIS_LISTEN", "127.0.0.1:" + freePort())
                .withSetting("JARVIS_MASTER_KEY", MASTER_KEY)
                .withSetting("JARVIS_ADMIN_PASSWORD", "a password for tests")
                .startedBy(Node::new);
        settings.forEach(builder::withSetting);
        TestingServer server = builder.start();
        servers.add(server);
        return server;
    }

    /** The process behind a server of {@link #start}. */
    public static Node node(TestingServer server) {
        return (Node) server.server();
    }

    @Override
    public void close() {
        servers.forEach(TestingServer::close);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
