package dev.jarvis.platform.id;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class Uuid7Test {
    private static final int COUNTER_BITS = 12;
    private static final long NOON = Duration.ofDays(20_000).plusHours(12).toMillis() << COUNTER_BITS;

    @Test
    void idsAreIncreasingAndOfThisMillisecond() {
        long before = System.currentTimeMillis();
        UUID previous = Uuid7.next();
        for (int i = 0; i < 100_000; i++) {
            UUID next = Uuid7.next();
            assertThat(Long.compareUnsigned(next.getMostSignificantBits(), previous.getMostSignificantBits()))
                    .isPositive();
            previous = next;
        }
        assertThat(previous.version()).isEqualTo(7);
        assertThat(previous.variant()).isEqualTo(2);
        assertThat(Uuid7.instant(previous).toEpochMilli()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void c22_aSmearedSecondMakesNoIdTwiceAndAnHourSetBackIsBelieved() {
        long second = Duration.ofSeconds(1).toMillis() << COUNTER_BITS;
        long hour = Duration.ofHours(1).toMillis() << COUNTER_BITS;

        assertThat(Uuid7.after(NOON, NOON + hour)).isEqualTo(NOON + hour);
        assertThat(Uuid7.after(NOON, NOON)).isEqualTo(NOON + 1);
        assertThat(Uuid7.after(NOON, NOON - second)).isEqualTo(NOON + 1);
        assertThat(Uuid7.after(NOON, NOON - hour)).isEqualTo(NOON - hour);
    }
}
