package dev.jarvis.benchmarks;

import dev.jarvis.benchmarks.measure.Machine;
import dev.jarvis.benchmarks.profile.Profiler;
import dev.jarvis.benchmarks.report.Report;
import dev.jarvis.benchmarks.scenario.Measurement;
import dev.jarvis.benchmarks.scenario.Scenario;
import dev.jarvis.benchmarks.scenario.Stage;
import dev.jarvis.benchmarks.target.Direct;
import dev.jarvis.benchmarks.target.Jarvis;
import dev.jarvis.benchmarks.target.Nginx;
import dev.jarvis.benchmarks.target.Portkey;
import dev.jarvis.benchmarks.target.Site;
import dev.jarvis.benchmarks.target.Target;
import dev.jarvis.benchmarks.upstream.MockUpstream;
import dev.jarvis.benchmarks.wire.Certificate;
import dev.jarvis.benchmarks.wire.Loops;
import io.netty.channel.EventLoopGroup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The driver: load generator, mock upstream and stop-watch in one process. {@code benchmarks/run} starts it. */
public final class Benchmarks {

    private final Options options;
    private final PrintStream out;
    private final List<String> notices = new ArrayList<>();

    private Benchmarks(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** The first argument is {@code run} or {@code profile}, the others are options. */
    public static void main(String[] arguments) throws Exception {
        List<String> all = List.of(arguments);
        Options options = Options.parse(all.subList(1, all.size()));
        giveUpAfter(options.limit());
        Benchmarks benchmarks = new Benchmarks(options, System.out);
        if (all.getFirst().equals("profile")) {
            benchmarks.profile();
        } else {
            benchmarks.run();
        }
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

    private void run() throws Exception {
        EventLoopGroup loops = Loops.start(Runtime.getRuntime().availableProcessors());
        Certificate certificate = Certificate.create(options.work());
        List<Target> targets = new ArrayList<>();
        try (MockUpstream plain = MockUpstream.start(loops, null);
                MockUpstream tls = MockUpstream.start(loops, certificate.serving())) {
            Site site = site(plain, tls, certificate);
            Stage stage = new Stage(loops, options.pace(), options.connections());
            for (String name : options.targets()) {
                start(site, name, targets);
            }
            for (Target target : targets) {
                say("warming up %s (%s)", target.name(), target.version());
                if (target.warmsUp()) {
                    stage.warmUp(target, scenariosOf(target));
                }
            }
            write(targets, rounds(stage, targets));
        } finally {
            targets.reversed().forEach(Target::close);
            loops.shutdownGracefully().syncUninterruptibly();
        }
    }

    private Site site(MockUpstream plain, MockUpstream tls, Certificate certificate) {
        Path benchmarks = options.repository().resolve("benchmarks");
        return new Site(options.work(), benchmarks, options.cores(), plain.port(), tls.port(), certificate);
    }

    private Target started(Site site, String name, Map<String, String> extra) throws IOException, InterruptedException {
        return switch (name) {
            case "direct" -> new Direct(site);
            case "nginx" -> new Nginx(site);
            case "portkey" -> new Portkey(site);
            case "jarvis-fsync" -> new Jarvis(site, "fsync", options.jarvis(), options.repository(), extra);
            case "jarvis-postgres" -> new Jarvis(site, "postgres", options.jarvis(), options.repository(), extra);
            default -> new Jarvis(site, "write", options.jarvis(), options.repository(), extra);
        };
    }

    /** One target that does not start is no reason to measure none. */
    private void start(Site site, String name, List<Target> targets) throws InterruptedException {
        try {
            Target target = started(site, name, Map.of());
            targets.add(target);
            if (!target.reaches(true)) {
                notice(name + " does not reach the TLS upstream; those cases are left out for it");
            }
        } catch (IOException | IllegalStateException e) {
            notice(name + " is left out: " + e.getMessage());
        }
    }

    private void notice(String text) {
        notices.add(text.lines().findFirst().orElse(""));
        say("NOTICE: %s", text);
    }

    private List<Scenario> scenariosOf(Target target) {
        return options.scenarios().stream()
                .filter(scenario -> options.runs(target.name(), scenario) && target.reaches(scenario.tls()))
                .toList();
    }

    /** Round by round, scenario by scenario, target by target: what drifts in the machine drifts for all. */
    private List<Measurement> rounds(Stage stage, List<Target> targets) throws InterruptedException {
        List<Measurement> measured = new ArrayList<>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (Scenario scenario : options.scenarios()) {
                for (Target target : targets) {
                    if (scenariosOf(target).contains(scenario)) {
                        Measurement measurement = stage.measure(target, scenario, round);
                        measured.add(measurement);
                        say(measurement);
                    }
                }
            }
        }
        return measured;
    }

    private void say(Measurement one) {
        say(
                "round %d  %-10s %-16s %9.0f/s  cpu %7.1f µs  db %6.1f µs  p50 %8.2f ms  p99 %8.2f ms  target %3.0f%%"
                        + "  driver %3.0f%%  failed %d",
                one.round(),
                one.scenario(),
                one.target(),
                one.perSecond(),
                one.cpuMicros(),
                one.databaseMicros(),
                one.p50Millis(),
                one.p99Millis(),
                one.targetBusy() * 100,
                one.driverBusy() * 100,
                one.failed());
    }

    private void write(List<Target> targets, List<Measurement> measured) throws IOException {
        Report report = new Report(
                Machine.look(),
                targets.stream()
                        .map(target -> target.name() + ": " + target.version())
                        .toList(),
                options.scenarios(),
                measured,
                "Targets on core " + options.cores() + ", load generator and mock upstream on core "
                        + options.driverCores() + "; " + options.rounds() + " rounds, medians; closed loops with "
                        + options.connections() + " connections, "
                        + options.pace().load().toSeconds()
                        + " s each; paced streams measured for "
                        + options.pace().window().toSeconds() + " s.");
        out.println();
        out.println(report.markdown());
        Path written = report.write(options.repository().resolve("benchmarks/results"), options.name());
        say("written to benchmarks/results/%s", String.valueOf(written.getFileName()));
    }

    private void profile() throws Exception {
        EventLoopGroup loops = Loops.start(Runtime.getRuntime().availableProcessors());
        Certificate certificate = Certificate.create(options.work());
        try (MockUpstream plain = MockUpstream.start(loops, null);
                MockUpstream tls = MockUpstream.start(loops, certificate.serving())) {
            Site site = site(plain, tls, certificate);
            try (Jarvis jarvis = (Jarvis) started(site, "jarvis", Map.of("JDK_JAVA_OPTIONS", Profiler.JVM_OPTIONS))) {
                Stage stage = new Stage(loops, options.pace(), options.connections());
                Profiler profiler = new Profiler(options.work(), jarvis.jvm(), out);
                for (Scenario scenario : options.scenarios()) {
                    say("warming up %s", scenario.title());
                    stage.warmUp(jarvis, List.of(scenario));
                    stage.measure(jarvis, scenario, 0);
                    Measurement measured = profiler.around(() -> stage.measure(jarvis, scenario, 1));
                    say(measured);
                    profiler.print(scenario.title());
                }
            }
        } finally {
            loops.shutdownGracefully().syncUninterruptibly();
        }
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
