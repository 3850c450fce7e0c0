package dev.jarvis.platform.money;

/** What one line of a bill is about. */
public sealed interface Billable permits TokenClass, CountedUnit {
    /** The name in records, prices, reports and APIs. No class and no unit share one. */
    String code();
}
