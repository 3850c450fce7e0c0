package dev.jarvis.control.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How durations are spread: how many lie in each bucket. A bucket begins where the one before ends and is as wide as all before
 * it, so a percentile is known to within its own size; between a bucket's bounds it is taken to be spread evenly.
 *
 * @param counts one for each of {@link #BOUNDS}
 */
record Spread(List<Long> counts) {
    /** Where buckets begin, in milliseconds; as in migration 013. */
    private static final List<Integer> BOUNDS = bounds();

    static final Spread NONE = new Spread(BOUNDS.stream().map(bound -> 0L).toList());

    private static List<Integer> bounds() {
        List<Integer> bounds = new ArrayList<>(List.of(0));
        for (int bound = 16; bound <= 1 << 19; bound *= 2) {
            bounds.add(bound);
        }
        return List.copyOf(bounds);
    }

    /** The rollups' columns. */
    static List<String> columns(String measure) {
        return BOUNDS.stream().map(bound -> measure + "_from_" + bound).toList();
    }

    static Spread read(ResultSet row, String measure) throws SQLException {
        List<Long> counts = new ArrayList<>();
        for (String column : columns(measure)) {
            counts.add(row.getLong(column));
        }
        return new Spread(counts);
    }

    Spread plus(Spread other) {
        Long[] sums = new Long[counts.size()];
        Arrays.setAll(sums, i -> counts.get(i) + other.counts.get(i));
        return new Spread(List.of(sums));
    }

    /** In milliseconds; empty where nothing was counted. What lies in the last bucket counts as its beginning. */
    Optional<Long> percentile(int percent) {
        long total = counts.stream().mapToLong(Long::longValue).sum();
        long rank = Math.ceilDiv(total * percent, 100);
        for (int i = 0; i < counts.size(); i++) {
            long count = counts.get(i);
            if (count > 0 && rank <= count) {
                long start = BOUNDS.get(i);
                long width = i + 1 < BOUNDS.size() ? BOUNDS.get(i + 1) - start : 0;
                return Optional.of(start + width * rank / count);
            }
            rank -= count;
        }
        return Optional.empty();
    }
}
