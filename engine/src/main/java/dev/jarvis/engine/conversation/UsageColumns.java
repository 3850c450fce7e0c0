package dev.jarvis.engine.conversation;

import dev.jarvis.platform.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** What runs used and cost with all below them, summed up from their steps in the query that lists what they belong to. */
public final class UsageColumns {
    /** To be selected. */
    public static final String COLUMNS = "u.input_tokens, u.output_tokens, u.pending, u.costs";

    private UsageColumns() {}

    /** To be joined as {@code u}. @param roots a condition on {@code root}, the row of a run that no other began */
    public static String join(String roots) {
        return """
                 LEFT JOIN LATERAL (
                     SELECT coalesce(sum(p.input_tokens), 0) AS input_tokens,
                            coalesce(sum(p.output_tokens), 0) AS output_tokens,
                            coalesce(sum(p.pending), 0) AS pending,
                            json_object_agg(p.currency, p.cost_nano) FILTER (WHERE p.currency IS NOT NULL) AS costs
                       FROM (SELECT s.currency, sum(s.input_tokens) AS input_tokens, sum(s.output_tokens) AS output_tokens,
                                    sum(s.cost_nano) AS cost_nano,
                                    count(*) FILTER (WHERE s.request_id IS NOT NULL AND s.cost_nano IS NULL
                                        AND (s.status <> 'failed' OR s.ended_at > now() - interval '1 minute')) AS pending
                               FROM runs root JOIN runs d ON d.root_run_id = root.id JOIN run_steps s ON s.run_id = d.id
                              WHERE %s
                              GROUP BY s.currency) p) u ON true
                """.formatted(roots);
    }

    public static Usage read(ResultSet row) throws SQLException {
        return Usage.of(
                row.getLong("input_tokens"),
                row.getLong("output_tokens"),
                nanos(row.getString("costs")),
                row.getLong("pending") == 0);
    }

    private static Map<String, Long> nanos(@Nullable String json) {
        Map<String, Long> nanos = new HashMap<>();
        if (json != null) {
            for (Map.Entry<String, JsonNode> cost : Json.MAPPER.readTree(json).properties()) {
                nanos.put(cost.getKey(), cost.getValue().longValue());
            }
        }
        return nanos;
    }
}
