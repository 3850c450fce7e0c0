package dev.jarvis.testkit.database;

import dev.jarvis.testkit.process.Signal;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/**
 * A real Redis server on a free loopback port, without persistence; stopped when closed, or with the JVM. Tests of failure
 * stop it where it stands, kill it, and start another one, which is empty, on the same port.
 */
public final class RunningRedis implements AutoCloseable {
    /** A cluster's nodes talk to each other on a port ten thousand higher. */
    private static final int HIGHEST_PORT = 55_000;

    private final int port;
    private final List<String> settings;
    private RedisServer server;
    private long pid;

    private RunningRedis(int port, List<String> settings) throws IOException {
        this.port = port;
        this.settings = List.copyOf(settings);
        this.server = newServer();
        this.pid = askPid();
    }

    /** @param settings more lines of its configuration */
    public static RunningRedis start(String... settings) {
        try {
            RunningRedis running = new RunningRedis(freePort(), List.of(settings));
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop-redis"));
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException("Redis for tests did not start", e);
        }
    }

    private RedisServer newServer() throws IOException {
        RedisServerBuilder builder = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no");
        settings.forEach(builder::setting);
        RedisServer made = builder.build();
        made.start();
        return made;
    }

    public int port() {
        return port;
    }

    public URI url() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    /** SIGSTOP: connections stay open and nothing answers on them. */
    public void pause() {
        Signal.STOP.sendTo(pid);
    }

    /** SIGCONT. */
    public void resume() {
        Signal.CONT.sendTo(pid);
    }

    /** kill -9: nothing listens on its port any more, and nobody was told. */
    public synchronized void kill() {
        Signal.KILL.sendTo(pid);
        close();
    }

    /** After a kill: another server on the same port, with nothing in it. */
    public synchronized void startAgain() {
        try {
            server = newServer();
            pid = askPid();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis for tests did not start again", e);
        }
    }

    /** Runs one command, and gives the first line of the answer as it comes: {@code +OK}, {@code :1}. */
    public String command(String... words) {
        return answer(port, line -> true, words);
    }

    /** What {@code INFO} says of something: {@code master} of {@code role}. */
    public String info(String name) {
        return fieldOf(name, "INFO", "everything");
    }

    /** A line {@code name:value} of what a command answers. */
    String fieldOf(String name, String... words) {
        return field(port, name, words);
    }

    /** The same of whatever listens on a port; empty if there is no such line. */
    static String field(int port, String name, String... words) {
        String start = name + ":";
        String line = answer(port, text -> text.startsWith(start), words);
        return line.startsWith(start) ? line.substring(start.length()).strip() : "";
    }

    /** The first line of the answer that is wanted. */
    private static String answer(int port, Predicate<String> wanted, String... words) {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.length())
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        command.append("QUIT\r\n"); // so that an answer without such a line ends
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(command.toString().getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            while (line != null && !wanted.test(line)) {
                line = lines.readLine();
            }
            return String.valueOf(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asked while it can answer. */
    private long askPid() {
        return Long.parseLong(info("process_id"));
    }

    @Override
    public synchronized void close() {
        try {
            if (server.isActive()) {
                Signal.CONT.sendTo(pid); // one that stands still does not end
            }
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port on loopback that nobody has, and that a node of a cluster can have. */
    public static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() < HIGHEST_PORT) {
                    return socket.getLocalPort();
                }
            }
        }
    }
}
