package dev.jarvis.control.usage;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Percentiles out of counts by duration. */
class SpreadTest {
    @Test
    void ofNothingThereIsNone() {
        assertThat(Spread.NONE.percentile(50)).isEmpty();
    }

    @Test
    void liesInTheBucketThatHoldsItsRank() {
        // 90 of 64 to 127 ms, 10 of 1024 to 2047 ms
        Spread spread = spread(3, 90).plus(spread(7, 10));

        assertThat(spread.percentile(50)).hasValue(64L + 64 * 50 / 90);
        assertThat(spread.percentile(90)).hasValue(128L);
        assertThat(spread.percentile(95)).hasValue(1024L + 1024 * 5 / 10);
        assertThat(spread.percentile(100)).hasValue(2048L);
    }

    @Test
    void whatTookLongestCountsAsWhereTheLastBucketBegins() {
        assertThat(spread(16, 3).percentile(50)).hasValue(524_288L);
    }

    @Test
    void hasAColumnForEachBucket() {
        assertThat(Spread.columns("duration"))
                .hasSize(17)
                .startsWith("duration_from_0", "duration_from_16")
                .endsWith("duration_from_524288");
    }

    private static Spread spread(int bucket, long count) {
        List<Long> counts = new ArrayList<>(Spread.NONE.counts());
        counts.set(bucket, count);
        return new Spread(counts);
    }
}
