package dev.jarvis.testkit.database;

import dev.jarvis.testkit.process.Signal;
import redis.embedded.RedisServer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * A real Redis server on a free loopback port, without persistence; stopped when closed, or with the JVM. Tests of failure
 * stop it where it stands, kill it, and start another one, which is empty, on the same port.
 */
public final class RunningRedis implements AutoCloseable {
    private static final String PID = "process_id:";

    private final int port;
    private RedisServer server;
    private long pid;

    private RunningRedis(int port) throws IOException {
        this.port = port;
        this.server = start(port);
        this.pid = askPid();
    }

    public static RunningRedis start() {
        try {
            RunningRedis running = new RunningRedis(freePort());
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop-redis"));
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException("Redis for tests did not start", e);
        }
    }

    private static RedisServer start(int port) throws IOException {
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no")
                .build();
        server.start();
        return server;
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

    /** Nothing listens on its port any more. */
    public synchronized void kill() {
        Signal.CONT.sendTo(pid);
        close();
    }

    /** After a kill: another server on the same port, with nothing in it. */
    public synchronized void startAgain() {
        try {
            server = start(port);
            pid = askPid();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis for tests did not start again", e);
        }
    }

    /** Runs one command, and gives the first line of the answer as it comes: {@code +OK}, {@code :1}. */
    public String command(String... words) {
        return answer(line -> true, words);
    }

    /** The first line of the answer that is wanted. */
    private String answer(Predicate<String> wanted, String... words) {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.length())
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
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
        String line = answer(text -> text.startsWith(PID), "INFO", "server");
        return Long.parseLong(line.substring(PID.length()).strip());
    }

    @Override
    public synchronized void close() {
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
