package dev.jarvis.gateway.meter;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class KilledGatewayIT {
    @TempDir
    Path folder;

    @RepeatedTest(2)
    void c1_everyAttemptOfAKilledGatewayIsFoundOnceAndEverySettledOneExactly() throws Exception {
        Set<String> opened = new HashSet<>();
        Set<String> settled = new HashSet<>();
        runAndKill(opened, settled);
        UsageDatabase database = UsageDatabase.create();

        JournalMeter.start(
                        Samples.settings(folder, Durability.WRITE),
                        database.jdbi(),
                        new SimpleMeterRegistry(),
                        InstantSource.system())
                .close();

        Set<String> exact = new HashSet<>(database.strings("SELECT attempt_id FROM llm_usage"
                + " WHERE billing = 'exact' AND outcome = 'completed' AND input_tokens = 10 AND output_tokens = 20"));
        Set<String> all = new HashSet<>(database.strings("SELECT attempt_id FROM llm_usage"));
        assertThat(exact).containsAll(settled);
        assertThat(all).containsAll(opened).hasSize((int) database.number("SELECT count(*) FROM llm_usage"));
        assertThat(database.number("SELECT count(*) FROM llm_usage WHERE billing = 'estimated'"
                        + " AND (outcome <> 'interrupted' OR output_low > output_high OR user_cost_nano > cost_nano)"))
                .isZero();
        assertThat(all.size() - exact.size()).isPositive();
        Ledger.assertBalanced(database);
    }

    private void runAndKill(Set<String> opened, Set<String> settled) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader()) {
            read(out, opened, settled, 3_000);
            process.toHandle().destroyForcibly();
            read(out, opened, settled, Integer.MAX_VALUE);
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 9);
    }

    private static void read(BufferedReader out, Set<String> opened, Set<String> settled, int lines)
            throws IOException {
        String line = out.readLine();
        for (int left = lines; left > 0 && line != null; left--) {
            boolean whole = line.length() == 38;
            if (whole && line.startsWith("O ")) {
                opened.add(line.substring(2));
            } else if (whole && line.startsWith("S ")) {
                settled.add(line.substring(2));
            }
            line = left > 1 ? out.readLine() : null;
        }
    }
}
