package dev.jarvis.server.chaos;

import dev.jarvis.testkit.database.TestDatabase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The effective record of one attempt, in the columns that can be held against a provider's ledger.
 *
 * @param output with reasoning
 */
record Accounted(
        String attemptId,
        String requestId,
        String outcome,
        String billing,
        long input,
        long output,
        long inputLow,
        long inputHigh,
        long outputLow,
        long outputHigh,
        long costNano,
        long userCostNano) {

    private static final String EFFECTIVE = """
            SELECT concat_ws('|', coalesce(corrects, attempt_id), request_id, outcome, billing,
                             input_tokens + cache_read_tokens, output_tokens + reasoning_tokens,
                             coalesce(input_low, 0), coalesce(input_high, 0),
                             coalesce(output_low, 0), coalesce(output_high, 0), cost_nano, user_cost_nano)
            FROM llm_usage_effective
            """;

    /** By attempt. */
    static Map<String, List<Accounted>> all(TestDatabase database) {
        Map<String, List<Accounted>> all = new HashMap<>();
        for (String line : database.query(EFFECTIVE)) {
            Accounted record = parse(line.split("\\|", -1));
            all.computeIfAbsent(record.attemptId, attempt -> new ArrayList<>()).add(record);
        }
        return all;
    }

    private static Accounted parse(String[] columns) {
        long[] numbers = new long[columns.length];
        for (int i = 4; i < columns.length; i++) {
            numbers[i] = Long.parseLong(columns[i]);
        }
        return new Accounted(
                columns[0],
                columns[1],
                columns[2],
                columns[3],
                numbers[4],
                numbers[5],
                numbers[6],
                numbers[7],
                numbers[8],
                numbers[9],
                numbers[10],
                numbers[11]);
    }

    boolean isExact() {
        return billing.equals("exact");
    }
}
