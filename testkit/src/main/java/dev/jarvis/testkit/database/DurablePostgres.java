package dev.jarvis.testkit.database;

import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.process.Signal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL that keeps what it confirms (fsync, full_page_writes and synchronous_commit on), for tests that take it
 * away: it can be stopped where it stands, killed with all its processes, and started again on the same files and port. From
 * a {@link #backUp backup} it can be brought back to a point in time: from then on it archives its log.
 * {@link RunningPostgres} is quicker where nobody pulls the plug.
 */
public final class DurablePostgres implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private final EmbeddedPostgres first;
    private final int port;
    private final Path data;
    private final Path archive;
    private final List<String> command;
    private volatile ProcessHandle postmaster;

    private DurablePostgres(EmbeddedPostgres first, Path data, Path archive) throws IOException {
        this.first = first;
        this.data = data;
        this.archive = archive;
        this.port = first.getPort();
        this.postmaster = running(data);
        this.command = commandOf(postmaster);
    }

    /** Takes two to four seconds. */
    public static DurablePostgres start() {
        try {
            Path data = OrphanedPostgres.homeOfThisProcess().resolve("durable" + NUMBER.incrementAndGet());
            Path archive = Files.createDirectories(data.resolveSibling(data.getFileName() + "-archive"));
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("archive_mode", "on")
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("shared_buffers", "64MB")
                    .setServerConfig("timezone", "UTC")
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setPGStartupWait(RECOVERY)
                    .start();
            DurablePostgres durable = new DurablePostgres(server, data, archive);
            durable.archiveBy("true");
            return durable;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL for tests did not start", e);
        }
    }

    public int port() {
        return port;
    }

    /** A fresh database without any table: a server makes its own. */
    public TestDatabase newDatabase() {
        String name = "chaos" + NUMBER.incrementAndGet();
        maintenance().execute("CREATE DATABASE " + name + " TEMPLATE template0");
        return new TestDatabase(port, name);
    }

    /** SIGSTOP to every process: connections stay open, new ones are taken by the kernel, nothing answers. */
    public void pause() {
        Signal.STOP.sendToTree(postmaster);
    }

    /** SIGCONT to every process. */
    public void resume() {
        Signal.CONT.sendToTree(postmaster);
    }

    /** kill -9 of every process, whether it stands still or not. Returns when all are gone. */
    public void kill() {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        Signal.KILL.sendToTree(postmaster);
        all.forEach(process -> {
            Signal.KILL.sendTo(process.pid());
            process.onExit().join();
        });
    }

    /** Starts it again after a kill; it recovers from its log. Returns when it answers. */
    public void startAgain() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            postmaster = builder.start().toHandle();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL for tests did not start again", e);
        }
        Await.until(
                "PostgreSQL has recovered",
                RECOVERY,
                () -> !maintenance().query("SELECT 1").isEmpty());
    }

    /** A copy of its files, taken while it serves, as {@code pg_basebackup} takes it. */
    public Path backUp() {
        archiveBy("cp %p " + archive + "/%f");
        Path backup = data.resolveSibling(data.getFileName() + "-backup" + NUMBER.incrementAndGet());
        try (Connection session = maintenance().dataSource().getConnection();
                Statement statement = session.createStatement()) {
            statement.execute("SELECT pg_backup_start('test', true)");
            FileTree.copy(data, backup, file -> !file.startsWith("pg_wal") && !file.endsWith("postmaster.pid"));
            Files.createDirectories(backup.resolve("pg_wal"));
            try (ResultSet stopped = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(true)")) {
                stopped.next();
                Files.writeString(backup.resolve("backup_label"), stopped.getString(1));
            }
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("PostgreSQL for tests could not be backed up", e);
        }
        return backup;
    }

    /** Not at its start: what starts it breaks settings at their spaces. */
    private void archiveBy(String command) {
        maintenance().execute("ALTER SYSTEM SET archive_command = '" + command + "'");
        maintenance().query("SELECT pg_reload_conf()");
    }

    /** Names this moment, for {@link #restore}. Returns when the archive has all of the log before it. */
    public void namePoint(String name) {
        maintenance().query("SELECT pg_create_restore_point('" + name + "')");
        String segment =
                maintenance().query("SELECT pg_walfile_name(pg_switch_wal())").getFirst();
        Await.until(
                "the log is archived",
                RECOVERY,
                () -> Files.exists(archive.resolve(segment))
                        && !maintenance()
                                .query("SELECT 1 FROM pg_stat_archiver WHERE last_archived_wal >= '" + segment + "'")
                                .isEmpty());
    }

    /** Kills it and makes of it what it was at that point: all of its databases, and nothing that came later. */
    public void restore(Path backup, String point) {
        kill();
        try {
            FileTree.remove(data);
            FileTree.copy(backup, data, file -> true);
            Files.createFile(data.resolve("recovery.signal"));
            Files.writeString(
                    data.resolve("postgresql.auto.conf"), """
                    restore_command = 'cp %s/%%f %%p'
                    recovery_target_name = '%s'
                    recovery_target_action = 'promote'
                    """.formatted(archive, point), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL for tests could not be restored", e);
        }
        startAgain();
        Await.until(
                "PostgreSQL is at the point",
                RECOVERY,
                () -> maintenance().query("SELECT pg_is_in_recovery()").equals(List.of("f")));
    }

    private TestDatabase maintenance() {
        return new TestDatabase(port, "postgres");
    }

    @Override
    public void close() {
        if (!postmaster.isAlive()) {
            return;
        }
        resume();
        try {
            first.close(); // stops whatever runs on these files
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessHandle running(Path data) throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        return ProcessHandle.of(pid).orElseThrow(() -> new IOException("no process " + pid));
    }

    /** As it was started the first time; PostgreSQL refuses to run as root, so root gives it a user namespace. */
    private static List<String> commandOf(ProcessHandle process) throws IOException {
        ProcessHandle.Info info = process.info();
        String program = info.command().orElseThrow(() -> new IOException("the process has no command"));
        List<String> command = new ArrayList<>();
        if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(program);
        command.addAll(List.of(info.arguments().orElse(new String[0])));
        return command;
    }
}
