package dev.jarvis.testkit.database;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class OrphanedPostgresTest {
    /** Starts a server in another JVM, which then dies without any chance to stop it. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) throws IOException {
            System.out.println(RunningPostgres.get().port());
            int ignored = System.in.read();
            assert ignored < 0;
        }
    }

    @Test
    void theServerOfAKilledTestRunIsStoppedByTheNext() throws Exception {
        Process victim = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Djarvis.repository=" + Repository.root(),
                        Victim.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String port = "";
        while (!port.matches("\\d+")) {
            port = String.valueOf(victim.inputReader().readLine());
            assertThat(port).isNotEqualTo("null");
        }
        Path home = OrphanedPostgres.homeOfThisProcess().resolveSibling(String.valueOf(victim.pid()));
        long server = Long.parseLong(
                Files.readAllLines(home.resolve("data/postmaster.pid")).getFirst());
        victim.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(ProcessHandle.of(server).map(ProcessHandle::isAlive)).contains(true);

        OrphanedPostgres.sweep();

        assertThat(ProcessHandle.of(server).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
        assertThat(home).doesNotExist();
    }
}
