package dev.jarvis.benchmarks.scenario;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param warmUp load before a measurement
 * @param load the measured load of closed and open loops
 * @param window the measured part of paced streams
 * @param firstWarmUp per scenario of the first warm-up, for targets whose code is compiled while they run
 * @param quiet the longest wait for postponed work
 */
public record Pace(Duration warmUp, Duration load, Duration window, Duration firstWarmUp, Duration quiet) {

    /** For results that are kept. */
    public static final Pace THOROUGH = new Pace(seconds(2), seconds(6), seconds(15), seconds(12), seconds(60));

    /** To see that everything works. */
    public static final Pace QUICK = new Pace(seconds(1), seconds(2), seconds(4), seconds(2), seconds(10));

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }
}
