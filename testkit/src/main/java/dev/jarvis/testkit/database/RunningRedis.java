package dev.jarvis.testkit.database;

import redis.embedded.RedisServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/** A real Redis server on a free loopback port, without persistence; stopped when closed, or with the JVM. */
public final class RunningRedis implements AutoCloseable {
    private final RedisServer server;
    private final int port;

    private RunningRedis(RedisServer server, int port) {
        this.server = server;
        this.port = port;
    }

    public static RunningRedis start() {
        try {
            int port = freePort();
            RedisServer server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .build();
            server.start();
            RunningRedis running = new RunningRedis(server, port);
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop-redis"));
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException("Redis for tests did not start", e);
        }
    }

    public int port() {
        return port;
    }

    public URI url() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
