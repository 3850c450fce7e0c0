package dev.jarvis.benchmarks.profile;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What perf saw: every thread of the JVM, in user space and in the kernel. */
final class PerfSamples {

    /** Thread name, thread id, address, function, (file). */
    private static final Pattern LINE =
            Pattern.compile("^\\s*(.+?)\\s+(\\d+)\\s+([0-9a-f]+)\\s+(.*?)\\s*\\(([^()]*)\\)\\s*$");

    private final Shares areas = new Shares();
    private final Shares threads = new Shares();
    private final Shares symbols = new Shares();
    private final Map<String, Shares> symbolsOfThreads = new HashMap<>();

    private PerfSamples() {}

    static PerfSamples read(List<String> lines) {
        PerfSamples samples = new PerfSamples();
        lines.forEach(samples::take);
        return samples;
    }

    private void take(String line) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
            String thread = matcher.group(1);
            String symbol = matcher.group(4);
            String object = matcher.group(5);
            areas.add(Area.ofSample(thread, symbol, object));
            threads.add(thread);
            String function = symbol.isEmpty() ? "(unknown)" : symbol;
            symbols.add(function);
            symbolsOfThreads.computeIfAbsent(thread, name -> new Shares()).add(function);
        }
    }

    void print(PrintStream out) {
        areas.print(out, "## perf: by area (" + areas.total() + " samples of CPU time, kernel included)", 30);
        threads.print(out, "## perf: by thread", 12);
        symbols.print(out, "## perf: by function", 40);
        threads.greatest(4)
                .forEach(thread -> symbolsOfThreads
                        .getOrDefault(thread, new Shares())
                        .print(out, "## perf: by function of the thread " + thread, 25));
    }
}
