package dev.jarvis.benchmarks.report;

import dev.jarvis.benchmarks.scenario.Measurement;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The rounds of one scenario on one target. */
record Summary(List<Measurement> rounds) {

    double median(ToDoubleFunction<Measurement> column) {
        double[] values = rounds.stream().mapToDouble(column).sorted().toArray();
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    double least(ToDoubleFunction<Measurement> column) {
        return rounds.stream().mapToDouble(column).min().orElseThrow();
    }

    double most(ToDoubleFunction<Measurement> column) {
        return rounds.stream().mapToDouble(column).max().orElseThrow();
    }

    long failed() {
        return rounds.stream().mapToLong(Measurement::failed).sum();
    }
}
