package dev.jarvis.benchmarks.report;

import dev.jarvis.benchmarks.measure.Machine;
import dev.jarvis.benchmarks.scenario.Measurement;
import dev.jarvis.benchmarks.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {

    private static final Scenario SMALL = Scenario.all().getFirst();

    @Test
    void tellsMediansAsMultiplesOfNginx(@TempDir Path directory) throws Exception {
        Report report = new Report(
                new Machine(2, "a processor", 4, "6.1", "25"),
                List.of("nginx: nginx 1"),
                List.of(SMALL),
                List.of(
                        measured("direct", 1, 0, 1.0),
                        measured("nginx", 1, 10, 2.0),
                        measured("nginx", 2, 20, 2.0),
                        measured("nginx", 3, 90, 2.0),
                        measured("jarvis", 1, 50, 3.5)),
                "method");
        Path written = report.write(directory, "test");
        assertThat(Files.readString(written))
                .contains("| jarvis | 2.50 |")
                .contains("| nginx | 1,000 | 20.0 | 10.0–90.0 | 1.00 |")
                .contains("| jarvis | 1,000 | 50.0 | 50.0–50.0 | 2.50 | – | 3.50 | 7.00 | 2.50 |");
        assertThat(Files.list(directory)).hasSize(2);
    }

    private static Measurement measured(String target, int round, double cpu, double p50) {
        return new Measurement(target, SMALL.id(), round, 1000, cpu, 0, p50, 2 * p50, 9, 50, 0, 0.9, 0.5, 0, 6000, 0);
    }
}
