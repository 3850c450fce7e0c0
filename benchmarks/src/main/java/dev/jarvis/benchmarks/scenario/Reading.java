package dev.jarvis.benchmarks.scenario;

import dev.jarvis.benchmarks.contender.Target;
import dev.jarvis.benchmarks.load.LoadResult;
import dev.jarvis.benchmarks.measure.ProcessTree;
import org.jspecify.annotations.Nullable;

import java.lang.management.ManagementFactory;

/** The meters at one moment. Times in microseconds, memory in megabytes. */
record Reading(double at, double target, double database, double driver, double resident, double databaseResident) {

    static Reading of(Target target) {
        ProcessTree own = target.processes();
        ProcessTree database = target.database();
        return new Reading(
                System.nanoTime() / 1e3, cpu(own), cpu(database), driverCpu(), memory(own), memory(database));
    }

    private static double cpu(@Nullable ProcessTree tree) {
        return tree == null ? 0 : tree.cpuMicros();
    }

    private static double memory(@Nullable ProcessTree tree) {
        return tree == null ? 0 : tree.residentMegabytes();
    }

    private static double driverCpu() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e3;
    }

    /** Share of one core that target and database used since {@code earlier}. */
    double busySince(Reading earlier) {
        return (target - earlier.target + database - earlier.database) / (at - earlier.at);
    }

    /** From here over the end of the load to the end of the work. */
    Span until(Reading loadEnd, Reading workEnd, double catchUpSeconds) {
        return new Span(this, loadEnd, workEnd, catchUpSeconds);
    }

    /** Readings around one load. */
    record Span(Reading start, Reading loadEnd, Reading workEnd, double catchUpSeconds) {

        Measurement measurement(Target target, Scenario scenario, int round, LoadResult result, long units) {
            double each = Math.max(1, units);
            return new Measurement(
                    target.name(),
                    scenario.id(),
                    round,
                    units / result.seconds(),
                    (workEnd.target - start.target) / each,
                    (workEnd.database - start.database) / each,
                    result.delays().getValueAtPercentile(50) / 1e6,
                    result.delays().getValueAtPercentile(99) / 1e6,
                    result.delays().getMaxValue() / 1e6,
                    loadEnd.resident,
                    loadEnd.databaseResident,
                    loadEnd.busySince(start),
                    (loadEnd.driver - start.driver) / (loadEnd.at - start.at),
                    catchUpSeconds,
                    units,
                    result.failed());
        }
    }
}
