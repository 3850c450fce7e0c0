package dev.jarvis.benchmarks.contender;

/**
 * What a Jarvis is measured with, beside what it always has.
 *
 * @param settle the durability of settling: {@code write}, {@code fsync} or {@code postgres}
 * @param limited whether budgets and rate limits are set, see {@link JarvisApi#limitEverything}
 * @param redis whether it shares its rates through a Redis, as one of several gateways does
 * @param bodies whether it keeps what calls send and are answered, masked
 */
public record Equipment(String settle, boolean limited, boolean redis, boolean bodies) {
    /** Nothing more. */
    public static final Equipment STANDARD = settling("write");

    /** Another durability. */
    public static Equipment settling(String settle) {
        return new Equipment(settle, false, false, false);
    }

    /** Budgets and rates, counted by this gateway alone or shared through Redis. */
    public static Equipment limited(boolean redis) {
        return new Equipment("write", true, redis, false);
    }

    /** Bodies of all calls are masked and kept, as far as they fit into the queue. */
    public static Equipment withBodies() {
        return new Equipment("write", false, false, true);
    }

    @Override
    public String toString() {
        return "settle=" + settle
                + (limited ? ", budgets on user, team and organisation, rate limits on user, key and model" : "")
                + (redis ? ", rates shared through Redis" : "")
                + (bodies ? ", bodies of calls masked and kept" : "");
    }
}
