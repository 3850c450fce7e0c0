package dev.jarvis.benchmarks.report;

import dev.jarvis.benchmarks.measure.Machine;
import dev.jarvis.benchmarks.scenario.Measurement;
import dev.jarvis.benchmarks.scenario.Scenario;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The result of a run.
 *
 * @param machine what it ran on
 * @param versions what answered, one line for each target
 * @param scenarios in their order
 * @param measured every single measurement
 * @param method how it was measured, in a sentence
 */
public record Report(
        Machine machine, List<String> versions, List<Scenario> scenarios, List<Measurement> measured, String method) {

    private static final String DIRECT = "direct";
    private static final String LIMIT = "nginx";

    /** Writes {@code <date>-<name>.md} and {@code .json}; returns the first. */
    public Path write(Path directory, String name) throws IOException {
        Files.createDirectories(directory);
        String file = LocalDate.now(ZoneOffset.UTC) + "-" + name;
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(directory.resolve(file + ".json"), json.writeValueAsString(this) + "\n");
        return Files.writeString(directory.resolve(file + ".md"), markdown());
    }

    /** The whole report as Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder("# Benchmark, " + LocalDate.now(ZoneOffset.UTC) + "\n\n");
        text.append(machine.cores())
                .append(" cores of ")
                .append(machine.processor())
                .append(", ");
        text.append(machine.memoryGigabytes()).append(" GB, Linux ").append(machine.kernel());
        text.append(", JDK ").append(machine.jdk()).append(". ").append(method).append("\n\n");
        versions.forEach(version -> text.append("- ").append(version).append('\n'));
        text.append("\n## CPU per request, as a multiple of nginx's\n\n").append(ratios());
        for (Scenario scenario : scenarios) {
            text.append("\n## ")
                    .append(scenario.title())
                    .append(" (")
                    .append(scenario.id())
                    .append(")\n\n");
            text.append(details(scenario));
        }
        return text.toString();
    }

    private List<String> targets() {
        return measured.stream().map(Measurement::target).distinct().toList();
    }

    private @Nullable Summary summary(String target, Scenario scenario) {
        List<Measurement> rounds = measured.stream()
                .filter(one -> one.target().equals(target) && one.scenario().equals(scenario.id()))
                .toList();
        return rounds.isEmpty() ? null : new Summary(rounds);
    }

    private double median(String target, Scenario scenario, ToDoubleFunction<Measurement> column) {
        Summary summary = summary(target, scenario);
        return summary == null ? Double.NaN : summary.median(column);
    }

    private String ratios() {
        List<String> columns = new ArrayList<>(List.of(""));
        scenarios.forEach(scenario -> columns.add(scenario.title()));
        Table table = new Table(columns);
        for (String target : targets()) {
            if (!target.equals(DIRECT)) {
                List<String> cells = new ArrayList<>(List.of(target));
                for (Scenario scenario : scenarios) {
                    double own = median(target, scenario, Measurement::cpuMicros);
                    cells.add(Table.number(own / median(LIMIT, scenario, Measurement::cpuMicros)));
                }
                table.row(cells);
            }
        }
        return table.text();
    }

    private String details(Scenario scenario) {
        Table table = new Table(List.of(
                "",
                scenario.unit() + "s/s",
                "CPU µs/" + scenario.unit(),
                "least–most",
                "× nginx",
                "database CPU µs",
                "p50 ms",
                "p99 ms",
                "added p50",
                "added p99",
                "RSS MB",
                "database MB",
                "target core busy",
                "driver busy",
                "caught up after s",
                "failed"));
        for (String target : targets()) {
            Summary summary = summary(target, scenario);
            if (summary != null) {
                table.row(cells(target, scenario, summary));
            }
        }
        return table.text();
    }

    private List<String> cells(String target, Scenario scenario, Summary summary) {
        boolean direct = target.equals(DIRECT);
        double cpu = direct ? Double.NaN : summary.median(Measurement::cpuMicros);
        double p50 = summary.median(Measurement::p50Millis);
        double p99 = summary.median(Measurement::p99Millis);
        String spread = direct
                ? "–"
                : Table.number(summary.least(Measurement::cpuMicros)) + "–"
                        + Table.number(summary.most(Measurement::cpuMicros));
        return List.of(
                target,
                Table.number(summary.median(Measurement::perSecond)),
                Table.number(cpu),
                spread,
                Table.number(cpu / median(LIMIT, scenario, Measurement::cpuMicros)),
                existing(summary.median(Measurement::databaseMicros)),
                Table.number(p50),
                Table.number(p99),
                added(direct, p50, median(DIRECT, scenario, Measurement::p50Millis)),
                added(direct, p99, median(DIRECT, scenario, Measurement::p99Millis)),
                existing(summary.median(Measurement::residentMegabytes)),
                existing(summary.median(Measurement::databaseMegabytes)),
                direct ? "–" : Table.percent(summary.median(Measurement::targetBusy)),
                Table.percent(summary.median(Measurement::driverBusy)),
                direct ? "–" : Table.number(summary.median(Measurement::catchUpSeconds)),
                Long.toString(summary.failed()));
    }

    private static String existing(double value) {
        return value == 0 ? "–" : Table.number(value);
    }

    private static String added(boolean direct, double own, double without) {
        return direct ? "–" : Table.number(own - without);
    }

    /** The medians of every scenario and target, for those who read the JSON. */
    public Map<String, Map<String, Double>> cpuMicros() {
        Map<String, Map<String, Double>> medians = new java.util.LinkedHashMap<>();
        for (Scenario scenario : scenarios) {
            Map<String, Double> row = new java.util.LinkedHashMap<>();
            targets().forEach(target -> row.put(target, median(target, scenario, Measurement::cpuMicros)));
            medians.put(scenario.id(), row);
        }
        return medians;
    }
}
