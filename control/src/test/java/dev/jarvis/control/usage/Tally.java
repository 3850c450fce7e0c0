package dev.jarvis.control.usage;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The numbers of one line of a report, counted by the test from attempts, or read from an answer. */
record Tally(
        long requests,
        long attempts,
        long completed,
        long failed,
        long failedRequests,
        long estimated,
        long input,
        long cacheRead,
        long output,
        long total,
        BigDecimal cost,
        BigDecimal userCost) {

    static Map<String, Tally> count(List<Attempt> attempts, Function<Attempt, String> group) {
        Map<String, Tally> tallies = new TreeMap<>();
        attempts.forEach(attempt -> tallies.merge(group.apply(attempt), of(attempt), Tally::plus));
        return tallies;
    }

    static Map<String, Tally> read(JsonNode lines, Function<JsonNode, String> group) {
        Map<String, Tally> tallies = new TreeMap<>();
        lines.forEach(line -> tallies.put(group.apply(line), of(line)));
        return tallies;
    }

    private static Tally of(Attempt attempt) {
        boolean guessed =
                attempt.billing().equals("estimated") || attempt.billing().equals("unknown");
        return new Tally(
                attempt.last() ? 1 : 0,
                1,
                attempt.outcome().equals("completed") ? 1 : 0,
                attempt.outcome().equals("failed") ? 1 : 0,
                attempt.last() && attempt.outcome().equals("failed") ? 1 : 0,
                guessed ? 1 : 0,
                attempt.input(),
                attempt.cacheRead(),
                attempt.output(),
                attempt.input() + attempt.cacheRead() + attempt.output(),
                BigDecimal.valueOf(attempt.costNano(), 9),
                BigDecimal.valueOf(attempt.userCostNano(), 9));
    }

    private static Tally of(JsonNode line) {
        return new Tally(
                line.path("requests").longValue(),
                line.path("attempts").longValue(),
                line.path("completed").longValue(),
                line.path("failed").longValue(),
                line.path("failed_requests").longValue(),
                line.path("estimated").longValue(),
                line.path("input_tokens").longValue(),
                line.path("cache_read_tokens").longValue(),
                line.path("output_tokens").longValue(),
                line.path("total_tokens").longValue(),
                new BigDecimal(line.path("cost").asString()).setScale(9),
                new BigDecimal(line.path("user_cost").asString()).setScale(9));
    }

    private Tally plus(Tally other) {
        return new Tally(
                requests + other.requests,
                attempts + other.attempts,
                completed + other.completed,
                failed + other.failed,
                failedRequests + other.failedRequests,
                estimated + other.estimated,
                input + other.input,
                cacheRead + other.cacheRead,
                output + other.output,
                total + other.total,
                cost.add(other.cost),
                userCost.add(other.userCost));
    }
}
