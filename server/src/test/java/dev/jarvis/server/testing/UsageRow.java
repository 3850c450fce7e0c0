package dev.jarvis.server.testing;

import dev.jarvis.testkit.database.TestDatabase;

import java.util.List;

/** What a usage record says, in the columns that tests compare with a provider's ledger. */
public record UsageRow(
        String attemptId,
        String requestId,
        String model,
        String outcome,
        String billing,
        long inputTokens,
        long outputTokens,
        long costNano) {

    private static final String ALL = """
            SELECT concat_ws('|', attempt_id, request_id, model, outcome, billing,
                             input_tokens + cache_read_tokens, output_tokens + reasoning_tokens, cost_nano)
            FROM llm_usage ORDER BY attempt_id
            """;

    static List<UsageRow> all(TestDatabase database) {
        return database.query(ALL).stream().map(UsageRow::parse).toList();
    }

    private static UsageRow parse(String line) {
        String[] columns = line.split("\\|", -1);
        return new UsageRow(
                columns[0],
                columns[1],
                columns[2],
                columns[3],
                columns[4],
                Long.parseLong(columns[5]),
                Long.parseLong(columns[6]),
                Long.parseLong(columns[7]));
    }
}
