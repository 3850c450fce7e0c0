package dev.jarvis.server;

import dev.jarvis.platform.start.DataDirectory;
import dev.jarvis.server.testing.ServerProcess;
import dev.jarvis.testkit.database.RunningPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** A server that cannot start ends, says why, and leaves its data directory to the next one. In JVMs of their own. */
class FailedStartTest {
    @TempDir
    Path directory;

    /** {@code jarvis} with a wiring that breaks as a class path with a jar too few does. */
    static final class Broken {
        private Broken() {}

        public static void main(String[] arguments) {
            PrintWriter errors = new PrintWriter(System.err, true, UTF_8);
            System.exit(Main.run(
                    (foundation, vertx, blocking, closing) -> {
                        vertx.setTimer(60_000, late -> {}); // its threads are there by now, and are no daemons
                        throw new NoClassDefFoundError("what/The/Engine/Needs");
                    },
                    errors,
                    errors,
                    arguments));
        }
    }

    @Test
    void aWiringThatBreaksEndsTheProcess() throws Exception {
        Ended ended = serve(Broken.class, Map.of("JARVIS_LISTEN", "127.0.0.1:0"));
        assertThat(ended.code()).as(ended.output()).isEqualTo(70);
        assertThat(ended.output()).contains("NoClassDefFoundError: what/The/Engine/Needs");
        assertTheDataDirectoryIsFree();
    }

    @Test
    void anAddressInUseEndsTheProcess() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = serve(Main.class, Map.of("JARVIS_LISTEN", "127.0.0.1:" + taken.getLocalPort()));
            assertThat(ended.code()).as(ended.output()).isEqualTo(Main.CANNOT_START);
            assertThat(ended.output()).contains("cannot be listened on", "JARVIS_LISTEN");
        }
        assertTheDataDirectoryIsFree();
    }

    /** The tests' own PostgreSQL is such a one. */
    @Test
    void c14_aDatabaseThatMayForgetWhatItConfirmedEndsTheProcess() throws Exception {
        Ended ended = serve(Main.class, Map.of("JARVIS_LISTEN", "127.0.0.1:0", "JARVIS_UNSAFE_DATABASE", "false"));

        assertThat(ended.code()).as(ended.output()).isEqualTo(Main.CANNOT_START);
        assertThat(ended.output())
                .contains("fsync = off, full_page_writes = off, synchronous_commit = off", "JARVIS_UNSAFE_DATABASE");
        assertTheDataDirectoryIsFree();
    }

    private void assertTheDataDirectoryIsFree() {
        assertThatCode(() -> DataDirectory.open(data()).close()).doesNotThrowAnyException();
    }

    private Path data() {
        return directory.resolve("data");
    }

    private record Ended(int code, String output) {}

    private Ended serve(Class<?> main, Map<String, String> own) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Map<String, String> settings = new HashMap<>(Map.of(
                "JARVIS_DATA_DIR",
                data().toString(),
                "JARVIS_DATABASE_URL",
                RunningPostgres.newDatabase().url(),
                "JARVIS_UNSAFE_DATABASE",
                "true",
                "JARVIS_MASTER_KEY",
                "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="));
        settings.putAll(own);
        Process process = ServerProcess.serve(
                        List.of("-cp", System.getProperty("java.class.path")), main.getName(), settings)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the process ends")
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }
}
