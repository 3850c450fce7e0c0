package dev.jarvis.control.usage;

import dev.jarvis.platform.money.TokenClass;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Reads the groups of a report. One statement, so that rollups and records are read from one snapshot: an attempt that is
 * shipped meanwhile is in both or in neither.
 */
final class UsageListing {
    /** In rollups, no team and no key is this. */
    private static final UUID NOBODY = new UUID(0, 0);

    private static final int NANO_SCALE = 9;

    /** Groups are kept in a table, not sorted on disk: they are wide, and far fewer than PostgreSQL takes them for. */
    private static final String ENOUGH_MEMORY = "SET LOCAL work_mem = '64MB'";

    private static final String FOLDED = "SELECT folded_until FROM usage_folding";

    /**
     * A group with the exchange rate that its days have.
     *
     * @param rateNumber how many of the rates' beginnings lie before; 0 where nothing is converted
     */
    record Rated(UsageGroup group, int rateNumber) {}

    private UsageListing() {}

    /**
     * @param rateStarts where exchange rates begin to hold; a group does not span one
     * @param most groups to read
     */
    static List<Rated> read(
            Handle handle, UsageQuestion question, TimeBuckets buckets, List<Instant> rateStarts, int most) {
        // Filters that are not set vanish only when the statement is planned with its values.
        handle.execute("SET LOCAL plan_cache_mode = force_custom_plan");
        handle.execute(ENOUGH_MEMORY);
        UsageFilter filter = question.filter();
        TimeRange range = question.range();
        WholeDays days = WholeDays.of(range, buckets);
        // Neither a bucket nor a rate begins within a week, or days must tell.
        WholeDays weeks = buckets.starts().isEmpty() && rateStarts.isEmpty() ? days.weeks() : days.none();
        List<Instant> cutHours = buckets.cutHours(range);
        Rollup rollup = Rollup.of(question);
        return handle.createQuery(rollup.sql(!cutHours.isEmpty()))
                .bind("from", range.from().atOffset(ZoneOffset.UTC))
                .bind("to", range.to().atOffset(ZoneOffset.UTC))
                .bind("firstDay", days.first())
                .bind("endDay", days.end())
                .bind("firstWeek", weeks.first())
                .bind("endWeek", weeks.end())
                .bind("startOfDays", days.start(range).atOffset(ZoneOffset.UTC))
                .bind("endOfDays", days.finish(range).atOffset(ZoneOffset.UTC))
                .bind(
                        "folded",
                        handle.createQuery(FOLDED).mapTo(OffsetDateTime.class).one())
                .bind("starts", array(buckets.starts()))
                .bind("rateStarts", array(rateStarts))
                .bind("cutHours", array(cutHours))
                .bind("byTime", !buckets.starts().isEmpty())
                .bind("byRate", !rateStarts.isEmpty())
                .bind("byModel", question.groups().contains(Dimension.MODEL))
                .bind("byUser", question.groups().contains(Dimension.USER))
                .bind("byTeam", question.groups().contains(Dimension.TEAM))
                .bind("byKey", question.groups().contains(Dimension.KEY))
                .bind("byProvider", question.groups().contains(Dimension.PROVIDER))
                .bind("byProviderKey", question.groups().contains(Dimension.PROVIDER_KEY))
                .bind("nobody", NOBODY)
                .bind("userId", text(filter.userId()))
                .bind("teamId", text(filter.teamId()))
                .bind("callerKeyId", text(filter.callerKeyId()))
                .bind("model", filter.model().orElse(null))
                .bind("provider", filter.provider().orElse(null))
                .bind("providerKeyId", text(filter.providerKeyId()))
                .bind("most", most)
                .map((row, context) -> new Rated(group(row, rollup), row.getInt("rate_number")))
                .list();
    }

    private static UsageGroup group(ResultSet row, Rollup rollup) throws SQLException {
        return new UsageGroup(
                Optional.ofNullable(row.getObject("bucket", Integer.class)),
                Optional.ofNullable(row.getString("model")),
                Optional.ofNullable(row.getObject("user_id", UUID.class)),
                Optional.ofNullable(row.getString("username")),
                Optional.ofNullable(row.getObject("team_id", UUID.class)),
                Optional.ofNullable(row.getString("team_name")),
                Optional.ofNullable(row.getObject("caller_key_id", UUID.class)),
                Optional.ofNullable(row.getString("caller_key_name")),
                Optional.ofNullable(row.getString("provider")),
                Optional.ofNullable(row.getObject("provider_key_id", UUID.class)),
                Optional.ofNullable(row.getString("provider_key_hint")),
                row.getString("currency"),
                counts(row, rollup));
    }

    private static UsageCounts counts(ResultSet row, Rollup rollup) throws SQLException {
        Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
        for (TokenClass tokenClass : TokenClass.values()) {
            tokens.put(tokenClass, row.getLong(tokenClass.code()));
        }
        Map<String, Long> outcomes = new HashMap<>();
        for (String outcome : UsageCounts.OUTCOMES) {
            outcomes.put(outcome, row.getLong(outcome));
        }
        return new UsageCounts(
                row.getLong("requests"),
                row.getLong("failed_requests"),
                row.getLong("attempts"),
                outcomes,
                row.getLong("estimated"),
                row.getLong("unknown"),
                row.getLong("unpaid"),
                tokens,
                money(row.getBigDecimal("cost_nano")),
                money(row.getBigDecimal("user_cost_nano")),
                money(row.getBigDecimal("estimated_cost_nano")),
                row.getLong("first_content_count"),
                row.getLong("first_content_ms"),
                row.getLong("duration_ms"),
                rollup.hasSpread() ? Optional.of(Spread.read(row, "duration")) : Optional.empty(),
                rollup.hasSpread() ? Optional.of(Spread.read(row, "first_content")) : Optional.empty());
    }

    private static BigDecimal money(BigDecimal nano) {
        return nano.movePointLeft(NANO_SCALE);
    }

    /** An array literal: dates have no character that it would have to quote. */
    private static String array(List<Instant> moments) {
        return moments.stream().map(Instant::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static @Nullable String text(Optional<UUID> id) {
        return id.map(UUID::toString).orElse(null);
    }
}
