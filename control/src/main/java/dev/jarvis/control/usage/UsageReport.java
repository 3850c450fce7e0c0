package dev.jarvis.control.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A report as it is sent. Each line begins with what it is grouped by; amounts are exact decimal strings, one line for
 * each currency, because amounts of different currencies are never added.
 *
 * @param previousFrom where the period before begins, if it is compared with
 * @param totals one line for each currency, over all lines, those too that a limit leaves out
 */
record UsageReport(
        OffsetDateTime from,
        OffsetDateTime to,
        String timeZone,
        List<String> groupBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OffsetDateTime previousFrom,
        List<Map<String, Object>> data,
        List<Map<String, Object>> totals) {

    /**
     * The groups of a report.
     *
     * @param previous those of the period before, if it is compared with
     */
    record Groups(List<UsageGroup> groups, @Nullable List<UsageGroup> previous) {}

    /** @param forOperator whether to show what the providers charge beside what the users pay */
    static UsageReport of(UsageQuestion question, TimeBuckets buckets, Groups found, boolean forOperator) {
        TimeRange range = question.range();
        UsageLine line = new UsageLine(question, buckets, forOperator);
        List<UsageGroup> previous = found.previous();
        Map<UsageGroup, UsageCounts> before = new LinkedHashMap<>();
        if (previous != null) {
            previous.forEach(group -> before.merge(group.key(), group.counts(), UsageCounts::plus));
        }
        return new UsageReport(
                range.local(range.from()),
                range.local(range.to()),
                range.zone().getId().equals("Z") ? "UTC" : range.zone().getId(),
                question.groups().stream().map(Dimension::code).toList(),
                previous == null ? null : range.local(range.before().from()),
                lines(question, found.groups(), before).stream()
                        .map(group -> line.of(group, previous == null ? null : counts(before, group.key())))
                        .toList(),
                totals(line, found.groups(), previous));
    }

    /** Those of now, and those that only the period before had, with nothing. */
    private static List<UsageGroup> lines(
            UsageQuestion question, List<UsageGroup> groups, Map<UsageGroup, UsageCounts> before) {
        List<UsageGroup> lines = new ArrayList<>(groups);
        Map<UsageGroup, UsageCounts> gone = new LinkedHashMap<>(before);
        groups.forEach(group -> gone.remove(group.key()));
        lines.addAll(gone.keySet());
        question.order().ifPresent(order -> lines.sort(highestFirst(order)));
        return lines.subList(0, Math.min(question.limit(), lines.size()));
    }

    private static Comparator<UsageGroup> highestFirst(String order) {
        Comparator<UsageGroup> lowestFirst = switch (order) {
            case "cost" -> Comparator.comparing(group -> group.counts().cost());
            case "user_cost" -> Comparator.comparing(group -> group.counts().userCost());
            case "requests" -> Comparator.comparingLong(group -> group.counts().requests());
            case "attempts" -> Comparator.comparingLong(group -> group.counts().attempts());
            default -> Comparator.comparingLong(group -> group.counts().totalTokens());
        };
        return lowestFirst.reversed();
    }

    private static List<Map<String, Object>> totals(
            UsageLine line, List<UsageGroup> groups, @Nullable List<UsageGroup> previous) {
        Map<String, UsageCounts> totals = new TreeMap<>();
        Map<String, UsageCounts> before = new TreeMap<>();
        groups.forEach(group -> totals.merge(group.currency(), group.counts(), UsageCounts::plus));
        if (previous != null) {
            previous.forEach(group -> {
                before.merge(group.currency(), group.counts(), UsageCounts::plus);
                totals.putIfAbsent(group.currency(), UsageCounts.ZERO);
            });
        }
        return totals.entrySet().stream()
                .map(total -> line.total(
                        total.getKey(), total.getValue(), previous == null ? null : counts(before, total.getKey())))
                .toList();
    }

    private static <K> UsageCounts counts(Map<K, UsageCounts> all, K key) {
        return all.getOrDefault(key, UsageCounts.ZERO);
    }
}
