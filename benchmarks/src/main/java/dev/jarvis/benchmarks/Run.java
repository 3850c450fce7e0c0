package dev.jarvis.benchmarks;

import dev.jarvis.benchmarks.contender.Target;
import dev.jarvis.benchmarks.measure.Machine;
import dev.jarvis.benchmarks.report.Report;
import dev.jarvis.benchmarks.scenario.Measurement;
import dev.jarvis.benchmarks.scenario.Scenario;
import dev.jarvis.benchmarks.scenario.Stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures all targets under all scenarios and writes the result. */
final class Run {

    private final Options options;
    private final Console console;
    private final Setting setting;
    private final Stage stage;
    private final List<Target> targets = new ArrayList<>();
    private final Map<String, Long> served = new HashMap<>();
    private final List<String> facts = new ArrayList<>();
    private boolean complete = true;

    Run(Options options, Console console, Setting setting) {
        this.options = options;
        this.console = console;
        this.setting = setting;
        this.stage = new Stage(setting.loops(), options.pace(), options.connections());
    }

    /** True when all of it could be measured as asked. */
    boolean run() throws IOException, InterruptedException {
        try {
            for (String name : options.targets()) {
                start(name);
            }
            for (Target target : targets) {
                console.say("warming up %s (%s)", target.name(), target.version());
                facts.add(target.name() + ": " + target.version());
                if (target.warmsUp()) {
                    long before = setting.served();
                    stage.warmUp(target, scenariosOf(target));
                    count(target.name(), before);
                }
            }
            List<Measurement> measured = rounds();
            for (Target target : targets) {
                check(target);
            }
            write(measured);
            return complete;
        } finally {
            targets.reversed().forEach(Target::close);
        }
    }

    /** One target that does not start is no reason to measure none. */
    private void start(String name) throws InterruptedException {
        long before = setting.served();
        try {
            Target target = setting.start(name);
            targets.add(target);
            if (!target.reaches(true)) {
                notice(name + " does not reach the TLS upstream; those cases are left out for it");
            }
        } catch (IOException | RuntimeException e) {
            notice(name + " is left out: " + e.getMessage());
        }
        count(name, before);
    }

    /** Only one target is asked at a time, so what reached the upstream meanwhile came from it. */
    private void count(String name, long before) {
        served.merge(name, setting.served() - before, Long::sum);
    }

    private List<Scenario> scenariosOf(Target target) {
        return options.scenarios().stream()
                .filter(scenario -> options.runs(target.name(), scenario) && target.reaches(scenario.tls()))
                .toList();
    }

    /** Round by round, scenario by scenario, target by target: what drifts in the machine drifts for all. */
    private List<Measurement> rounds() throws InterruptedException {
        List<Measurement> measured = new ArrayList<>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (Scenario scenario : options.scenarios()) {
                for (Target target : targets) {
                    if (scenariosOf(target).contains(scenario)) {
                        long before = setting.served();
                        Measurement measurement = stage.measure(target, scenario, round);
                        count(target.name(), before);
                        measured.add(measurement);
                        console.say(measurement);
                    }
                }
            }
        }
        return measured;
    }

    /** What a target counted must be what the upstream served: otherwise it did not do the work that was measured. */
    private void check(Target target) throws InterruptedException {
        try {
            var counted = target.counted();
            if (counted.isPresent()) {
                long expected = served.getOrDefault(target.name(), 0L);
                String text = target.name() + ": the upstream served " + expected + " requests, its usage report has "
                        + counted.getAsLong() + " attempts";
                if (counted.getAsLong() == expected) {
                    facts.add(text);
                } else {
                    notice(text);
                }
            }
        } catch (IOException e) {
            notice(target.name() + ": its usage could not be read: " + e.getMessage());
        }
    }

    private void notice(String text) {
        complete = false;
        facts.add("NOTICE: " + text.lines().findFirst().orElse(""));
        console.say("NOTICE: %s", text);
    }

    private void write(List<Measurement> measured) throws IOException {
        String method = "Targets on core " + options.cores() + ", load generator and mock upstream on core "
                + options.driverCores() + "; " + options.rounds() + " rounds, medians; closed loops with "
                + options.connections() + " connections, "
                + options.pace().load().toSeconds()
                + " s each; paced streams measured for "
                + options.pace().window().toSeconds() + " s.";
        Report report = new Report(Machine.look(), facts, options.scenarios(), measured, method);
        console.say("\n%s", report.markdown());
        Path written = report.write(options.repository().resolve("benchmarks/results"), options.name());
        console.say("written to benchmarks/results/%s", String.valueOf(written.getFileName()));
    }
}
