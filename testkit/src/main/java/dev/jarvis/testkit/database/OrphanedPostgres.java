package dev.jarvis.testkit.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A test JVM that is killed leaves its PostgreSQL running. Each one's files are under its process id, so that the next
 * test run finds those whose owner is gone, stops them and removes the files.
 */
final class OrphanedPostgres {
    private static final Path HOMES = Path.of(System.getProperty("java.io.tmpdir"), "jarvis-testkit-postgres");

    private static boolean taken;

    private OrphanedPostgres() {}

    /** Holds a directory for each server of this process; empty at the first call. */
    static synchronized Path homeOfThisProcess() throws IOException {
        Path home = HOMES.resolve(String.valueOf(ProcessHandle.current().pid()));
        if (!taken) {
            removeTree(home);
            taken = true;
        }
        return Files.createDirectories(home);
    }

    /** Does nothing while another process sweeps: two at once would pull the files from under each other. */
    static void sweep() throws IOException {
        Path lockFile = HOMES.resolveSibling(HOMES.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                sweepAlone();
            }
        }
    }

    private static void sweepAlone() throws IOException {
        try (Stream<Path> homes = Files.list(HOMES)) {
            for (Path home : homes.toList()) {
                long owner = Long.parseLong(home.getFileName().toString());
                if (runs(owner, "java").isEmpty()) {
                    stopServers(home);
                    removeTree(home);
                }
            }
        }
    }

    private static void stopServers(Path home) throws IOException {
        try (Stream<Path> servers = Files.list(home)) {
            for (Path data : servers.toList()) {
                stopServer(data.resolve("postmaster.pid"));
            }
        }
    }

    private static void stopServer(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> server = lines.isEmpty()
                ? Optional.empty()
                : runs(Long.parseLong(lines.getFirst().strip()), "postgres");
        if (server.isPresent() && !ends(server.get(), server.get().destroy())) {
            ends(server.get(), server.get().destroyForcibly());
        }
    }

    private static boolean ends(ProcessHandle process, boolean asked) {
        try {
            process.onExit().get(20, TimeUnit.SECONDS);
            return asked;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<ProcessHandle> runs(long pid, String program) {
        return ProcessHandle.of(pid)
                .filter(process -> process.info()
                        .command()
                        .map(command ->
                                Path.of(command).getFileName().toString().equals(program))
                        .orElse(false));
    }

    static void removeTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
