package dev.jarvis.benchmarks.wire;

/**
 * The moment at which a token was due, inside the token itself: {@code @T} and sixteen hexadecimal digits of
 * {@link System#nanoTime()}. Upstream and load generator live in one process, so the clock is the same.
 */
public final class Stamp {

    /** Length in bytes. */
    public static final int LENGTH = 18;

    /** The first byte; it occurs nowhere else in a stream. */
    public static final byte MARK = '@';

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private Stamp() {}

    /** A stamp that says nothing yet, to be overwritten by {@link #write}. */
    public static String blank() {
        return "@T0000000000000000";
    }

    /** Writes the digits of {@code nanos} over a blank stamp whose mark is at {@code at}. */
    public static void write(byte[] into, int at, long nanos) {
        long rest = nanos;
        for (int i = at + LENGTH - 1; i >= at + 2; i--) {
            into[i] = DIGITS[(int) (rest & 15)];
            rest >>>= 4;
        }
    }
}
