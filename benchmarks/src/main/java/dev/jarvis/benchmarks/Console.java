package dev.jarvis.benchmarks;

import dev.jarvis.benchmarks.scenario.Measurement;

import java.io.PrintStream;
import java.util.Locale;

/** The command's own output. */
record Console(PrintStream out) {

    void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    void say(Measurement one) {
        say(
                "round %d  %-10s %-16s %9.0f/s  cpu %7.1f µs  db %6.1f µs  p50 %8.2f ms  p99 %8.2f ms  target %3.0f%%"
                        + "  driver %3.0f%%  caught up %4.1f s  failed %d",
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
                one.catchUpSeconds(),
                one.failed());
    }
}
