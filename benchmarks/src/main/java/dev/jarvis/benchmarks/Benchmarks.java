package dev.jarvis.benchmarks;

import dev.jarvis.benchmarks.contender.Jarvis;
import dev.jarvis.benchmarks.profile.Profiler;
import dev.jarvis.benchmarks.scenario.Measurement;
import dev.jarvis.benchmarks.scenario.Scenario;
import dev.jarvis.benchmarks.scenario.Stage;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The driver: load generator, mock upstream and stop-watch in one process. {@code benchmarks/run} starts it. */
public final class Benchmarks {

    private Benchmarks() {}

    /** The first argument is {@code run} or {@code profile}, the others are options. */
    public static void main(String[] arguments) throws Exception {
        List<String> all = List.of(arguments);
        Options options;
        try {
            options = Options.parse(all.subList(1, all.size()));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        giveUpAfter(options.limit());
        Console console = new Console(System.out);
        int status = 0;
        try (Setting setting = new Setting(options)) {
            if (all.getFirst().equals("profile")) {
                profile(options, console, setting);
            } else if (!new Run(options, console, setting).run()) {
                status = 1;
            }
        }
        System.exit(status);
    }

    /** A run that hangs ends all the same; the calling script then ends what it started. */
    private static void giveUpAfter(Duration limit) {
        Thread.ofPlatform().daemon().name("limit").start(() -> {
            try {
                Thread.sleep(limit);
            } catch (InterruptedException e) {
                return;
            }
            System.err.println("given up after " + limit.toMinutes() + " minutes");
            Runtime.getRuntime().halt(3);
        });
    }

    private static void profile(Options options, Console console, Setting setting)
            throws IOException, InterruptedException {
        Stage stage = new Stage(setting.loops(), options.pace(), options.connections());
        try (Jarvis jarvis = setting.jarvis(options.targets().getFirst(), Profiler.JVM_OPTIONS)) {
            Profiler profiler = new Profiler(options.work(), jarvis.jvm(), console.out());
            for (Scenario scenario : options.scenarios()) {
                console.say("warming up: %s", scenario.title());
                stage.warmUp(jarvis, List.of(scenario));
                stage.measure(jarvis, scenario, 0);
                Measurement measured = profiler.around(() -> stage.measure(jarvis, scenario, 1));
                console.say(measured);
                profiler.print(scenario.title());
            }
        }
    }
}
