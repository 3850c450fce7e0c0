package dev.jarvis.benchmarks.scenario;

/**
 * What one run of one scenario on one target showed. A unit is a request, or a chunk of paced streams.
 *
 * @param target the target's name
 * @param scenario the scenario's id
 * @param round from 1
 * @param perSecond units a second
 * @param cpuMicros CPU time of the target's own processes for one unit, postponed work included
 * @param databaseMicros CPU time of its database for one unit
 * @param p50Millis median delay from due to done
 * @param p99Millis 99th percentile of it
 * @param maxMillis the longest
 * @param residentMegabytes memory of the target's own processes at the end of the load
 * @param databaseMegabytes memory of its database
 * @param targetBusy how much of one core the target and its database used during the load
 * @param driverBusy how much of one core load generator and mock upstream used during the load
 * @param catchUpSeconds how long the target worked on after the load
 * @param units how many were completed
 * @param failed how many requests or streams failed
 */
public record Measurement(
        String target,
        String scenario,
        int round,
        double perSecond,
        double cpuMicros,
        double databaseMicros,
        double p50Millis,
        double p99Millis,
        double maxMillis,
        double residentMegabytes,
        double databaseMegabytes,
        double targetBusy,
        double driverBusy,
        double catchUpSeconds,
        long units,
        long failed) {}
