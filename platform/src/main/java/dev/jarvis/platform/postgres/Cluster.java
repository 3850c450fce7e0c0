package dev.jarvis.platform.postgres;

import dev.jarvis.platform.start.CannotStartException;
import dev.jarvis.platform.start.SecretFile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** The files of the embedded server, and its starting and stopping. Knows nothing of connections. */
final class Cluster {
    /** Durable, on the loopback address alone, no socket file; statements stay out of its log. */
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=''",
            "max_connections=100",
            "fsync=on",
            "full_page_writes=on",
            "synchronous_commit=on",
            "timezone=UTC",
            "log_min_error_statement=panic",
            "log_checkpoints=off");

    private static final String STARTUP_SECONDS = "30";
    private static final long LOG_LIMIT = 10L << 20;

    private final Path directory;
    private final Path log;
    private final PostgresPrograms programs;

    Cluster(Path directory, Path log, PostgresPrograms programs) {
        this.directory = directory;
        this.log = log;
        this.programs = programs;
    }

    Path directory() {
        return directory;
    }

    /**
     * Makes the data directory, aside and then in place, so that a half-made one is never taken for a whole. It asks for
     * passwords from its first moment: no time at which other users of this machine get in.
     */
    void createIfMissing(EmbeddedPasswords passwords, Path scratch) throws IOException {
        if (Files.exists(directory.resolve("PG_VERSION"))) {
            return;
        }
        Path aside = scratch.resolve("postgres.making");
        Path passwordFile = scratch.resolve("postgres.making.password");
        PostgresBinaries.delete(aside);
        SecretFile.write(passwordFile, passwords.superuser().reveal() + "\n");
        try {
            PostgresPrograms.Result made = programs.run(
                    "initdb",
                    "--pgdata=" + aside,
                    "--username=postgres",
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--locale=C.UTF-8");
            if (!made.succeeded()) {
                throw new CannotStartException(
                        "The built-in PostgreSQL could not make its data directory: " + made.output());
            }
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(aside, directory);
    }

    /** Stops what an earlier Java process left running, and removes a file that names a process of something else. */
    void removeRemains() throws IOException {
        if (Postmaster.of(directory).isPresent()) {
            stop();
        }
        if (Postmaster.of(directory).isEmpty()) {
            Files.deleteIfExists(Postmaster.file(directory));
        }
    }

    /** Starts on a free port. */
    Postmaster start() throws IOException {
        for (int attempt = 1; ; attempt++) {
            long logged = Files.exists(log) ? Files.size(log) : 0;
            Optional<Postmaster> started = tryStart(freePort());
            if (started.isPresent()) {
                return started.get();
            }
            String reason = logSince(logged);
            if (attempt == 3 || !reason.contains("Address already in use")) {
                throw new CannotStartException("The built-in PostgreSQL did not start. Its log says: " + reason);
            }
        }
    }

    /** Starts on this port, or not. */
    Optional<Postmaster> tryStart(int port) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        StringBuilder options = new StringBuilder("-p " + port);
        SETTINGS.forEach(setting -> options.append(" -c ").append(setting));
        PostgresPrograms.Result started = programs.run(
                "pg_ctl",
                "--pgdata=" + directory,
                "--log=" + log,
                "--options=" + options,
                "--wait",
                "--timeout=" + STARTUP_SECONDS,
                "start");
        return started.succeeded() ? Postmaster.of(directory) : Optional.empty();
    }

    /** Ends connections, writes a checkpoint and stops. */
    void stop() throws IOException {
        PostgresPrograms.Result stopped =
                programs.run("pg_ctl", "--pgdata=" + directory, "--mode=fast", "--wait", "--timeout=30", "stop");
        if (!stopped.succeeded() && Postmaster.of(directory).isPresent()) {
            throw new IOException("PostgreSQL did not stop: " + stopped.output());
        }
    }

    private String logSince(long position) throws IOException {
        if (!Files.exists(log)) {
            return "nothing";
        }
        String text = Files.readString(log);
        String fresh = text.substring((int) Math.min(position, text.length())).strip();
        return fresh.substring(Math.max(0, fresh.length() - 2000));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
