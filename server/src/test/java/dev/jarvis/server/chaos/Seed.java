package dev.jarvis.server.chaos;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Random;

/**
 * The random choices of one scenario. The seed is logged; {@code -Djarvis.seed=…} makes the same choices again. The
 * operating system's own timing is not part of it.
 */
public final class Seed {
    private static final Logger LOG = LoggerFactory.getLogger(Seed.class);

    private Seed() {}

    public static Random of(String scenario) {
        long seed = Long.getLong("jarvis.seed", System.nanoTime());
        LOG.warn("{} seed {}", scenario, seed);
        return new Random(seed);
    }

    /** How often a scenario does its worst: {@code -Djarvis.chaos.rounds=…} or what is usual for it. */
    public static int rounds(int usual) {
        return Integer.getInteger("jarvis.chaos.rounds", usual);
    }

    /** How much is under way at once, or comes in all: {@code -Djarvis.chaos.load=…} or what is usual for the scenario. */
    public static int load(int usual) {
        return Integer.getInteger("jarvis.chaos.load", usual);
    }
}
