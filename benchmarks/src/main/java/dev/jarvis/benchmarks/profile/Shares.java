package dev.jarvis.benchmarks.profile;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Counts of samples under names, printed as percentages, greatest first. */
final class Shares {

    private final Map<String, Integer> counts = new HashMap<>();
    private int total;

    void add(String name) {
        counts.merge(name, 1, Integer::sum);
        total++;
    }

    int total() {
        return total;
    }

    void print(PrintStream out, String title, int most) {
        out.println("\n" + title);
        ordered()
                .limit(most)
                .forEach(entry -> out.println(String.format(
                        Locale.ROOT, "  %5.1f %%  %s", 100.0 * entry.getValue() / total, entry.getKey())));
    }

    List<String> greatest(int most) {
        return ordered().limit(most).map(Map.Entry::getKey).toList();
    }

    private Stream<Map.Entry<String, Integer>> ordered() {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()));
    }
}
