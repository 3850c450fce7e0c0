package dev.jarvis.server.testing;

import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.process.Signal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code jarvis serve} in a JVM of its own, from this test's {@link ServerImage}: nothing is shared with the test but sockets and
 * files, and it can be killed.
 */
public final class ServerProcess implements RunningServer {
    private static final String MAIN = "dev.jarvis.server.Main";

    private final Process process;
    private final Path log;
    private final URI base;

    private ServerProcess(Process process, Path log, URI base) {
        this.process = process;
        this.log = log;
        this.base = base;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param environment the settings; none are inherited. {@code JARVIS_LISTEN} is added if it is not there
     * @param directory where its output goes
     */
    public static ServerProcess start(Map<String, String> environment, Path directory) {
        return start(ServerImage.get().options(), environment, directory);
    }

    /** @param program options that name it */
    static ServerProcess start(List<String> program, Map<String, String> environment, Path directory) {
        try {
            String listen = environment.getOrDefault("JARVIS_LISTEN", "127.0.0.1:" + freePort());
            Path log = Files.createTempFile(directory, "server", ".log");
            ProcessBuilder builder = serve(program, MAIN, environment).redirectOutput(log.toFile());
            builder.environment().put("JARVIS_LISTEN", listen);
            ServerProcess server = new ServerProcess(builder.start(), log, URI.create("http://" + listen));
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@code jarvis serve} as it is started here.
     *
     * @param program options of the JVM that name it
     * @param main its main class
     * @param environment the settings; none are inherited
     */
    public static ProcessBuilder serve(List<String> program, String main, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(program);
        command.addAll(List.of(main, "serve"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("JARVIS_"));
        builder.environment().putAll(environment);
        return builder;
    }

    private void awaitReady() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest ready = HttpRequest.newBuilder(URI.create(base + "/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            Await.until(
                    "the server is ready", Duration.ofSeconds(60), () -> !process.isAlive() || isReady(client, ready));
        }
        if (!process.isAlive()) {
            throw new AssertionError("the server ended with " + process.exitValue() + ":\n" + output());
        }
    }

    private static boolean isReady(HttpClient client, HttpRequest ready) throws IOException, InterruptedException {
        return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
    }

    @Override
    public URI base() {
        return base;
    }

    /** What it printed and logged so far. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** kill -9. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGSTOP: it stands still with its sockets open. */
    public void pause() {
        Signal.STOP.sendTo(pid());
    }

    /** SIGCONT. */
    public void resume() {
        Signal.CONT.sendTo(pid());
    }

    /** Whether it runs, standing still or not. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM, and its exit code. */
    public int terminate() {
        process.destroy();
        awaitEnd();
        return process.exitValue();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            if (!endsWithin(60)) {
                process.destroyForcibly();
                throw new AssertionError("the server did not stop:\n" + output());
            }
        }
    }

    private void awaitEnd() {
        if (!endsWithin(60)) {
            throw new AssertionError("the server did not end:\n" + output());
        }
    }

    private boolean endsWithin(int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
