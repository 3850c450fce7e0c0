package dev.jarvis.platform.postgres;

import dev.jarvis.platform.start.CannotStartException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs PostgreSQL's programs. They refuse to run as root, so for root they run in a user namespace of their own, in which
 * they are nobody; files they make still belong to root outside.
 */
final class PostgresPrograms {
    /** @param output of both streams, for the message when it failed */
    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    private final PostgresBinaries binaries;
    private final List<String> prefix;

    PostgresPrograms(PostgresBinaries binaries) throws IOException {
        this.binaries = binaries;
        this.prefix = runsAsRoot() ? userNamespace() : List.of();
    }

    Result run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(binaries.program(program).toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static Result run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("JARVIS_"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), output.strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command.getFirst(), e);
        }
    }

    private static boolean runsAsRoot() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
    }

    private static List<String> userNamespace() {
        List<String> prefix = List.of("unshare", "-U");
        List<String> probe = new ArrayList<>(prefix);
        probe.add("true");
        try {
            if (run(probe).succeeded()) {
                return prefix;
            }
        } catch (IOException e) {
            throw new CannotStartException(noNamespaces(), e);
        }
        throw new CannotStartException(noNamespaces());
    }

    private static String noNamespaces() {
        return "PostgreSQL does not run as root, and user namespaces (unshare -U) are not available here."
                + " Run Jarvis as an ordinary user, or set JARVIS_DATABASE_URL to a PostgreSQL of your own.";
    }
}
