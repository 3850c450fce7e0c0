package dev.jarvis.benchmarks.contender;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that this run started on the targets' cores. It is written down with its start time, so that the calling
 * script can end it if the driver itself is killed.
 */
final class Child implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static Child start(Site site, String name, List<String> command, Map<String, String> environment, Path directory)
            throws IOException {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", site.cores()));
        pinned.addAll(command);
        Path log = site.directory().resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(pinned)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(Child::isSettingOfSomeoneElse);
        builder.environment().putAll(environment);
        Process process = builder.start();
        note(site, process.pid());
        return new Child(name, process, log);
    }

    /** Settings in the shell that runs the benchmark belong to another Jarvis; only the JDK is the same. */
    private static boolean isSettingOfSomeoneElse(String variable) {
        return variable.startsWith("JARVIS_") && !variable.startsWith("JARVIS_JAVA_");
    }

    /** Writes a process down as one of ours, unless it is gone already. */
    static void note(Site site, long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid), "stat");
        if (Files.notExists(process)) {
            return;
        }
        String stat = Files.readString(process);
        String startTime = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 21)[19];
        Files.writeString(
                site.directory().resolve("processes"),
                pid + " " + startTime + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    long pid() {
        return process.pid();
    }

    /** Waits until the port takes connections. */
    void awaitPort(int port, Duration patience) throws InterruptedException {
        await(patience, "listen on its port", () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    /** A question that is asked until it is answered with yes. */
    interface Question {
        boolean ask() throws InterruptedException;
    }

    /** Asks until yes; fails with the end of the log when the process ends first or it takes too long. */
    void await(Duration patience, String goal, Question question) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!question.ask()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(name + " did not " + goal + ". The end of its log:\n" + logEnd());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private String logEnd() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 25), lines.size()));
        } catch (IOException unreadable) {
            return "(no log: " + unreadable.getMessage() + ")";
        }
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the process to end, waits, and insists on it for the whole tree. */
    @Override
    public void close() {
        List<ProcessHandle> tree = process.toHandle().descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        tree.forEach(ProcessHandle::destroyForcibly);
    }
}
