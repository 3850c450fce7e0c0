package dev.jarvis.benchmarks.load;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

import java.util.concurrent.atomic.LongAdder;

/** What a load run counted so far. Histograms hold nanoseconds, three digits, up to ten minutes. */
final class Tally {

    private static final long LONGEST = 600_000_000_000L;

    final LongAdder completed = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder tokens = new LongAdder();
    private final Recorder delays = new Recorder(LONGEST, 3);

    void delay(long nanos) {
        delays.recordValue(Math.clamp(nanos, 0, LONGEST));
    }

    Histogram delays() {
        return delays.getIntervalHistogram();
    }
}
