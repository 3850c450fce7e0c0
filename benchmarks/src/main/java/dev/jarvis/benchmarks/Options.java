package dev.jarvis.benchmarks;

import dev.jarvis.benchmarks.scenario.Pace;
import dev.jarvis.benchmarks.scenario.Scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to run, from the command line.
 *
 * @param targets names, in the order in which they run
 * @param scenarios in the order in which they run
 * @param rounds how often everything is repeated
 * @param pace how long things take
 * @param connections of closed loops
 * @param limit after which the run is given up
 * @param name of the result
 * @param jarvis the command that starts Jarvis
 * @param other the command that starts the Jarvis that it is compared with
 * @param repository the root of the repository
 * @param work where to write while running
 * @param cores the targets' cores
 * @param driverCores the driver's own cores, for the report
 */
record Options(
        List<String> targets,
        List<Scenario> scenarios,
        int rounds,
        Pace pace,
        int connections,
        Duration limit,
        String name,
        List<String> jarvis,
        List<String> other,
        Path repository,
        Path work,
        String cores,
        String driverCores) {

    private static final List<String> TARGETS = List.of(
            "direct",
            "nginx",
            "portkey",
            "jarvis",
            "jarvis-full",
            "jarvis-full-redis",
            "jarvis-bodies",
            "jarvis-fsync",
            "jarvis-postgres",
            "other",
            "other-full",
            "other-full-redis");
    private static final Set<String> KNOWN = Set.of(
            "targets",
            "cases",
            "rounds",
            "connections",
            "name",
            "minutes",
            "quick",
            "jarvis",
            "other",
            "repository",
            "work",
            "target-cores",
            "driver-cores");
    private static final String FULL_TARGETS =
            "direct,nginx,portkey,jarvis,jarvis-full,jarvis-full-redis,jarvis-bodies,jarvis-fsync,jarvis-postgres";
    private static final String QUICK_TARGETS = "direct,nginx,portkey,jarvis";
    private static final String SERVE = "./jarvis serve";
    private static final String QUICK_CASES = "small,small-tls,large,burst,paced500";

    static Options parse(List<String> arguments) {
        Map<String, String> given = given(arguments);
        boolean quick = given.containsKey("quick");
        String all = String.join(",", TARGETS);
        List<String> targets = list(given.getOrDefault("targets", quick ? QUICK_TARGETS : FULL_TARGETS));
        for (String target : targets) {
            if (!TARGETS.contains(target)) {
                throw new IllegalArgumentException("no target " + target + "; there are " + all);
            }
        }
        List<String> ids = Scenario.all().stream().map(Scenario::id).toList();
        String cases = given.getOrDefault("cases", quick ? QUICK_CASES : String.join(",", ids));
        return new Options(
                targets,
                list(cases).stream().map(Options::scenario).toList(),
                Integer.parseInt(given.getOrDefault("rounds", quick ? "1" : "3")),
                quick ? Pace.QUICK : Pace.THOROUGH,
                Integer.parseInt(given.getOrDefault("connections", "32")),
                Duration.ofMinutes(Long.parseLong(given.getOrDefault("minutes", "75"))),
                given.getOrDefault("name", quick ? "quick" : "all"),
                List.of(given.getOrDefault("jarvis", SERVE).split(" ")),
                List.of(given.getOrDefault("other", SERVE).split(" ")),
                Path.of(required(given, "repository")),
                Path.of(required(given, "work")),
                required(given, "target-cores"),
                required(given, "driver-cores"));
    }

    private static Map<String, String> given(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            if (!argument.startsWith("--")) {
                throw new IllegalArgumentException("not an option: " + argument);
            }
            String[] parts = argument.substring(2).split("=", 2);
            if (!KNOWN.contains(parts[0])) {
                throw new IllegalArgumentException("no option --" + parts[0] + "; see --help");
            }
            given.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return given;
    }

    private static String required(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + "=… is missing; benchmarks/run gives it");
        }
        return value;
    }

    private static List<String> list(String text) {
        return new ArrayList<>(List.of(text.split(",")));
    }

    private static Scenario scenario(String id) {
        return Scenario.all().stream()
                .filter(scenario -> scenario.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no case " + id));
    }

    /** Jarvis with limits, with bodies kept and with other durabilities is only asked for small requests. */
    boolean runs(String target, Scenario scenario) {
        return !target.startsWith("jarvis-")
                || scenario.id().equals("small")
                || scenario.id().equals("steady");
    }
}
