package dev.jarvis.control.usage;

import dev.jarvis.platform.money.TokenClass;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the lines of a report. */
record UsageLine(UsageQuestion question, TimeBuckets buckets, boolean forOperator) {

    /** @param before what was used in the period before, if it is compared with */
    Map<String, Object> of(UsageGroup group, @Nullable UsageCounts before) {
        Map<String, Object> line = new LinkedHashMap<>();
        for (Dimension dimension : question.groups()) {
            switch (dimension) {
                case DAY -> line.put("day", start(group).toLocalDate());
                case HOUR -> line.put("hour", start(group).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
                case MODEL -> line.put("model", group.model());
                case USER -> {
                    line.put("user_id", group.userId());
                    line.put("username", group.username());
                }
                case TEAM -> {
                    line.put("team_id", group.teamId());
                    line.put("team_name", group.teamName());
                }
                case KEY -> {
                    line.put("caller_key_id", group.callerKeyId());
                    line.put("caller_key_name", group.callerKeyName());
                }
                case PROVIDER -> line.put("provider", group.provider());
                case PROVIDER_KEY -> {
                    line.put("provider_key_id", group.providerKeyId());
                    line.put("provider_key_hint", group.providerKeyHint());
                }
            }
        }
        putAll(line, group.counts(), before);
        line.put("currency", group.currency());
        return line;
    }

    Map<String, Object> total(String currency, UsageCounts counts, @Nullable UsageCounts before) {
        Map<String, Object> line = new LinkedHashMap<>();
        putAll(line, counts, before);
        line.put("currency", currency);
        return line;
    }

    /** Where the period before has one bucket more, by a change of clocks, it is shown at the end of this one. */
    private OffsetDateTime start(UsageGroup group) {
        int bucket = Math.min(group.bucket().orElseThrow(), buckets.starts().size() - 1);
        return question.range().local(buckets.starts().get(bucket));
    }

    private void putAll(Map<String, Object> line, UsageCounts counts, @Nullable UsageCounts before) {
        put(line, counts);
        if (before != null) {
            Map<String, Object> previous = new LinkedHashMap<>();
            put(previous, before);
            line.put("previous", previous);
        }
    }

    private void put(Map<String, Object> line, UsageCounts counts) {
        line.put("requests", counts.requests());
        line.put("failed_requests", counts.failedRequests());
        line.put("attempts", counts.attempts());
        for (String outcome : UsageCounts.OUTCOMES) {
            line.put(outcome, counts.outcome(outcome));
        }
        line.put("estimated", counts.estimated());
        if (forOperator) {
            line.put("unknown", counts.unknown());
            line.put("unpaid", counts.unpaid());
        }
        for (TokenClass tokenClass : TokenClass.values()) {
            line.put(
                    tokenClass.code() + "_tokens",
                    Optional.ofNullable(counts.tokens().get(tokenClass)).orElse(0L));
        }
        line.put("total_tokens", counts.totalTokens());
        line.put("cost", decimal(forOperator ? counts.cost() : counts.userCost()));
        if (forOperator) {
            line.put("user_cost", decimal(counts.userCost()));
            line.put("estimated_cost", decimal(counts.estimatedCost()));
            line.put("unpaid_cost", decimal(counts.cost().subtract(counts.userCost())));
        }
        line.put("average_first_content_ms", average(counts.firstContentMillis(), counts.firstContents()));
        line.put("average_duration_ms", average(counts.durationMillis(), counts.attempts()));
        if (forOperator) {
            line.put("p50_first_content_ms", percentile(counts.firstContentTimes(), 50));
            line.put("p95_first_content_ms", percentile(counts.firstContentTimes(), 95));
            line.put("p50_duration_ms", percentile(counts.durations(), 50));
            line.put("p95_duration_ms", percentile(counts.durations(), 95));
        }
    }

    private static Optional<Long> percentile(Optional<Spread> spread, int percent) {
        return spread.flatMap(known -> known.percentile(percent));
    }

    private static Optional<Long> average(long sum, long count) {
        return count == 0 ? Optional.empty() : Optional.of(Math.round((double) sum / count));
    }

    private static String decimal(BigDecimal amount) {
        BigDecimal plain = amount.stripTrailingZeros();
        return (plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain).toPlainString();
    }
}
