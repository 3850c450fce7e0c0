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
    /** What the part of a target's name behind {@code jarvis} stands for. */
    public static Equipment named(String suffix) {
        return switch (suffix) {
            case "" -> new Equipment("write", false, false, false);
            case "-fsync" -> new Equipment("fsync", false, false, false);
            case "-postgres" -> new Equipment("postgres", false, false, false);
            case "-full" -> new Equipment("write", true, false, false);
            case "-full-redis" -> new Equipment("write", true, true, false);
            case "-bodies" -> new Equipment("write", false, false, true);
            default -> throw new IllegalArgumentException("no target is called jarvis" + suffix);
        };
    }

    @Override
    public String toString() {
        return "settle=" + settle
                + (limited ? ", budgets on user, team and organisation, rate limits on user, key and model" : "")
                + (redis ? ", rates shared through Redis" : "")
                + (bodies ? ", bodies of calls masked and kept" : "");
    }
}
