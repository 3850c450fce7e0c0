package dev.jarvis.testkit.proxy;

import java.time.Duration;

/**
 * What is done to the bytes of one direction of a connection. Immutable: each method returns a changed copy.
 *
 * @param delay before each piece is passed on
 * @param bytesPerSecond 0: not limited
 * @param cutAfter bytes that are passed before the {@code cut}; negative: never
 * @param slices pieces are of random size up to this; 0: as they come
 */
public record Faults(Duration delay, long bytesPerSecond, long cutAfter, Cut cut, int slices) {
    public static final Faults NONE = new Faults(Duration.ZERO, 0, -1, Cut.RESET, 0);

    /** What happens when the allowed bytes have passed. */
    public enum Cut {
        /** RST on both sides. */
        RESET,
        /** FIN on both sides. */
        CLOSE,
        /** FIN to the receiver only; the other direction goes on. */
        HALF_CLOSE,
        /** Nothing passes any more and nothing closes. */
        STALL
    }

    public Faults delay(Duration time) {
        return new Faults(time, bytesPerSecond, cutAfter, cut, slices);
    }

    public Faults bytesPerSecond(long rate) {
        return new Faults(delay, rate, cutAfter, cut, slices);
    }

    public Faults cutAfter(long bytes, Cut how) {
        return new Faults(delay, bytesPerSecond, bytes, how, slices);
    }

    public Faults slices(int most) {
        return new Faults(delay, bytesPerSecond, cutAfter, cut, most);
    }
}
