package dev.jarvis.gateway.budget;

/** Sums that stay at the end of the range instead of leaving it: PostgreSQL refuses them there. */
final class Amounts {
    private Amounts() {}

    /** Of two amounts that are not negative. */
    static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
