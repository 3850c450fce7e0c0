package dev.jarvis.platform.id;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time-ordered identifiers, RFC 9562 §5.7. Ids of one process are strictly increasing, unless its clock is set back by
 * more than a minute: twelve bits behind the millisecond count within it (method 1 of §6.2), so an attempt's UTC day can
 * be read from its id for ever.
 */
public final class Uuid7 {
    private static final RandomBits RANDOM = new RandomBits(new SecureRandom());
    private static final int COUNTER_BITS = 12;
    private static final long LONGEST_STEP_BACK_MS = 60_000;

    /** Milliseconds since the epoch, shifted left by {@link #COUNTER_BITS}, plus the counter within the millisecond. */
    private static final AtomicLong LAST = new AtomicLong();

    private Uuid7() {}

    /** A new id, later than every one made before it in this process. */
    public static UUID next() {
        long wanted = System.currentTimeMillis() << COUNTER_BITS;
        long ticks = LAST.updateAndGet(last -> after(last, wanted));
        long millis = ticks >>> COUNTER_BITS;
        long counter = ticks & ((1 << COUNTER_BITS) - 1);
        long high = (millis << 16) | 0x7000L | counter;
        long low = (RANDOM.next() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /**
     * A clock that was set back a little must not make ids twice, so they go on counting; one that was set back a lot was
     * wrong before, and its wrong day must not go on until the process ends.
     */
    static long after(long last, long wanted) {
        return last - wanted > LONGEST_STEP_BACK_MS << COUNTER_BITS ? wanted : Math.max(last + 1, wanted);
    }

    /** When the id was made, to the millisecond. */
    public static Instant instant(UUID id) {
        return Instant.ofEpochMilli(millis(id));
    }

    /** The same in milliseconds of the epoch. */
    public static long millis(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }

    /** The UTC day in which the id was made: the partition that its usage record belongs to. */
    public static LocalDate day(UUID id) {
        return LocalDate.ofInstant(instant(id), ZoneOffset.UTC);
    }
}
