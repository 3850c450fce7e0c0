package dev.jarvis.benchmarks.runs;

import dev.jarvis.benchmarks.measure.Machine;
import dev.jarvis.benchmarks.measure.ProcessTree;
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends waves of runs to an engine apart, all of a wave at once, and writes down what they cost it. */
public final class EngineRuns {
    private final Map<String, String> options;
    private final int atOnce;
    private final int steps;
    private final int waves;
    private final Duration think;
    private final Map<String, Integer> ends = new TreeMap<>();

    private EngineRuns(Map<String, String> options) {
        this.options = options;
        this.atOnce = Integer.parseInt(option("runs"));
        this.steps = Integer.parseInt(option("steps"));
        this.waves = Integer.parseInt(option("waves"));
        this.think = Duration.ofMillis(Long.parseLong(option("think-ms")));
    }

    private String option(String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + "= is missing");
        }
        return value;
    }

    /** Takes {@code --name=value} only; {@code benchmarks/engine-runs} gives all of them. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new TreeMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            options.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        if (!new EngineRuns(options).run()) {
            System.exit(1);
        }
    }

    private boolean run() throws IOException, InterruptedException, ExecutionException {
        ProcessTree engine = ProcessTree.of(Long.parseLong(option("engine-pid")));
        try (ToolUpstream upstream = new ToolUpstream(steps, think);
                RunClient client = new RunClient(option("gateway"), option("engine"))) {
            client.setUp(option("email"), option("password"), upstream.url());
            Thread.sleep(2_000); // a new model is live everywhere within a second
            String agent = client.agent(steps);
            wave(client, agent, "warm-up");
            upstream.between().reset();
            ends.clear();
            List<Long> heaps = new ArrayList<>(List.of(liveHeap(engine.root())));
            long served = upstream.served();
            long cpu = 0;
            long began = System.nanoTime();
            for (int wave = 1; wave <= waves; wave++) {
                long before = engine.cpuMicros();
                wave(client, agent, "wave " + wave);
                cpu += engine.cpuMicros() - before;
                if (wave == waves / 2 || wave == waves) {
                    heaps.add(liveHeap(engine.root())); // a full collection: not part of what is measured
                }
            }
            long seconds = (System.nanoTime() - began) / 1_000_000_000L;
            return report(upstream, upstream.served() - served, cpu, heaps, seconds);
        }
    }

    /** Runs begin one after the other while the first thinks twice: two hundred people do not press Enter at one moment. */
    private void wave(RunClient client, String agent, String name) throws InterruptedException, ExecutionException {
        List<Future<String>> runs = new ArrayList<>();
        Duration arrivals = think.multipliedBy(2);
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < atOnce; i++) {
                String message = name + ", run " + i;
                Duration begins = arrivals.multipliedBy(i).dividedBy(atOnce);
                runs.add(all.submit(() -> {
                    Thread.sleep(begins);
                    return client.run(agent, message);
                }));
            }
        }
        for (Future<String> run : runs) {
            ends.merge(run.get(), 1, Integer::sum);
        }
    }

    /** What is reachable, after a full collection. */
    private long liveHeap(long pid) throws IOException, InterruptedException {
        Process histogram = new ProcessBuilder(option("jcmd"), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String output = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (histogram.waitFor() != 0) {
            throw new IOException("jcmd said: " + output);
        }
        String total = output.strip().lines().reduce("", (before, line) -> line);
        return Long.parseLong(total.strip().split("\\s+")[2]);
    }

    private static String machine() throws IOException {
        Machine machine = Machine.look();
        return "%d cores (%s), %d GB, Linux %s, JDK %s"
                .formatted(
                        machine.cores(),
                        machine.processor(),
                        machine.memoryGigabytes(),
                        machine.kernel(),
                        machine.jdk());
    }

    private boolean report(ToolUpstream upstream, long asked, long cpuMicros, List<Long> heaps, long seconds)
            throws IOException {
        Histogram between = upstream.between();
        double cpuMillis = cpuMicros / 1_000.0 / asked;
        boolean wellEnded = ends.keySet().equals(Set.of("run.done")) && asked == (long) waves * atOnce * steps;
        String text = String.format(
                Locale.ROOT,
                """
                # Runs in an engine apart, %s

                `benchmarks/engine-runs --runs=%d --steps=%d --waves=%d --think-ms=%d` on %s.

                %d waves of %d runs at the same time, each of %d calls of the model with %d calls of a tool between them; the model
                thinks for %d ms. Before them a wave to warm up. A step is a call of the model with the tool call after it.

                | | |
                |---|---|
                | ends | %s |
                | steps | %,d in %d s |
                | **engine CPU for a step** | **%.2f ms** |
                | from one answer's end to the next request (engine, tool, gateway, PostgreSQL) | p50 %.1f ms, p99 %.1f ms, longest %.1f ms |
                | engine heap after a full collection, at the start, half way, at the end | %s MiB |
                """,
                option("date"),
                atOnce,
                steps,
                waves,
                think.toMillis(),
                machine(),
                waves,
                atOnce,
                steps,
                steps - 1,
                think.toMillis(),
                ends,
                asked,
                seconds,
                cpuMillis,
                between.getValueAtPercentile(50) / 1_000.0,
                between.getValueAtPercentile(99) / 1_000.0,
                between.getMaxValue() / 1_000.0,
                heaps.stream()
                        .map(bytes -> String.format(Locale.ROOT, "%.1f", bytes / 1048576.0))
                        .toList());
        System.out.print(text);
        Files.writeString(Path.of(option("result")), text);
        return wellEnded;
    }
}
