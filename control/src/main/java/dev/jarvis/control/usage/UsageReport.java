package dev.jarvis.control.usage;

import dev.jarvis.platform.money.TokenClass;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A report as it is sent. Each line begins with what it is grouped by; amounts are exact decimal strings, one line for
 * each currency, because amounts of different currencies are never added.
 *
 * @param totals one line for each currency, over all of {@code data}
 */
record UsageReport(
        OffsetDateTime from,
        OffsetDateTime to,
        String timeZone,
        List<String> groupBy,
        List<Map<String, Object>> data,
        List<Map<String, Object>> totals) {

    /** @param forOperator whether to show what the providers charge beside what the users pay */
    static UsageReport of(UsageQuestion question, TimeBuckets buckets, List<UsageGroup> groups, boolean forOperator) {
        TimeRange range = question.range();
        Map<String, UsageCounts> totals = new TreeMap<>();
        groups.forEach(group -> totals.merge(group.currency(), group.counts(), UsageCounts::plus));
        return new UsageReport(
                range.local(range.from()),
                range.local(range.to()),
                range.zone().getId().equals("Z") ? "UTC" : range.zone().getId(),
                question.groups().stream().map(Dimension::code).toList(),
                groups.stream()
                        .map(group -> line(question, buckets, group, forOperator))
                        .toList(),
                totals.entrySet().stream()
                        .map(total -> total(total.getKey(), total.getValue(), forOperator))
                        .toList());
    }

    private static Map<String, Object> line(
            UsageQuestion question, TimeBuckets buckets, UsageGroup group, boolean forOperator) {
        Map<String, Object> line = new LinkedHashMap<>();
        for (Dimension dimension : question.groups()) {
            switch (dimension) {
                case DAY -> line.put("day", start(question, buckets, group).toLocalDate());
                case HOUR ->
                    line.put("hour", start(question, buckets, group).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
                case MODEL -> line.put("model", group.model());
                case USER -> {
                    line.put("user_id", group.userId());
                    line.put("username", group.username());
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
        putCounts(line, group.counts(), forOperator);
        line.put("currency", group.currency());
        return line;
    }

    private static Map<String, Object> total(String currency, UsageCounts counts, boolean forOperator) {
        Map<String, Object> line = new LinkedHashMap<>();
        putCounts(line, counts, forOperator);
        line.put("currency", currency);
        return line;
    }

    private static OffsetDateTime start(UsageQuestion question, TimeBuckets buckets, UsageGroup group) {
        return question.range().local(buckets.starts().get(group.bucket().orElseThrow()));
    }

    private static void putCounts(Map<String, Object> line, UsageCounts counts, boolean forOperator) {
        line.put("requests", counts.requests());
        line.put("attempts", counts.attempts());
        line.put("completed", counts.completed());
        line.put("estimated", counts.estimated());
        for (TokenClass tokenClass : TokenClass.values()) {
            line.put(
                    tokenClass.code() + "_tokens",
                    Optional.ofNullable(counts.tokens().get(tokenClass)).orElse(0L));
        }
        line.put("total_tokens", counts.totalTokens());
        line.put("cost", decimal(forOperator ? counts.cost() : counts.userCost()));
        if (forOperator) {
            line.put("user_cost", decimal(counts.userCost()));
        }
    }

    private static String decimal(BigDecimal amount) {
        BigDecimal plain = amount.stripTrailingZeros();
        return (plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain).toPlainString();
    }
}
