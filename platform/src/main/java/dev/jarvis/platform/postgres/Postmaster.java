package dev.jarvis.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The main process of a running server, as its {@code postmaster.pid} tells (lines: process id, data directory, start
 * time, port, …).
 */
record Postmaster(ProcessHandle process, int port) {

    /**
     * The server that runs on a data directory. A file left by a server that is gone names no process, or one that is not
     * PostgreSQL on this directory (the number was used again); a dead process that nobody has reaped has no command line.
     */
    static Optional<Postmaster> of(Path dataDirectory) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file(dataDirectory));
        } catch (IOException e) {
            return Optional.empty();
        }
        if (lines.size() < 4) {
            return Optional.empty();
        }
        try {
            int port = Integer.parseInt(lines.get(3).strip());
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(process -> runsOn(process, dataDirectory))
                    .map(process -> new Postmaster(process, port));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Path file(Path dataDirectory) {
        return dataDirectory.resolve("postmaster.pid");
    }

    boolean isAlive(Path dataDirectory) {
        return process.isAlive() && runsOn(process, dataDirectory);
    }

    private static boolean runsOn(ProcessHandle process, Path dataDirectory) {
        List<String> words = process.info()
                .arguments()
                .map(List::of)
                .orElseGet(() -> List.of(process.info().commandLine().orElse("").split(" ")));
        return process.info().command().orElse("").endsWith("postgres") && words.contains(dataDirectory.toString());
    }
}
