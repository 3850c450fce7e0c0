package dev.jarvis.control.record;

import dev.jarvis.platform.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One attempt in full: what the list shows of it, how its cost came about, between which bounds an estimate lies, and the
 * rows that were superseded.
 */
final class RecordDetail {
    private RecordDetail() {}

    /** How much of one token class, at which price per million. */
    record CostLine(
            @Nullable String tokenClass,
            @Nullable Long tokens,
            @Nullable String price,
            String amount) {}

    /** Between which numbers of tokens the truth lies. */
    record Bounds(long inputLow, long inputHigh, long outputLow, long outputHigh) {}

    /**
     * A row of the table.
     *
     * @param costNano what the operator pays, in nano-units
     * @param fields as the list shows them
     * @param lines of what the operator pays
     */
    record Row(
            UUID rowId,
            UUID userId,
            long costNano,
            boolean paidInFull,
            Map<String, @Nullable Object> fields,
            List<CostLine> lines,
            @Nullable Bounds bounds,
            Instant recordedAt,
            @Nullable String reason) {

        static Row read(ResultSet row, boolean forOperator) throws SQLException {
            row.getLong("input_low");
            Bounds bounds = row.wasNull()
                    ? null
                    : new Bounds(
                            row.getLong("input_low"),
                            row.getLong("input_high"),
                            row.getLong("output_low"),
                            row.getLong("output_high"));
            return new Row(
                    row.getObject("row_id", UUID.class),
                    row.getObject("user_id", UUID.class),
                    row.getLong("cost_nano"),
                    row.getLong("cost_nano") == row.getLong("user_cost_nano"),
                    Column.read(row, forOperator),
                    lines(Json.MAPPER.readTree(row.getString("cost_lines"))),
                    bounds,
                    row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                    row.getString("correction_reason"));
        }

        private static List<CostLine> lines(JsonNode stored) {
            List<CostLine> lines = new ArrayList<>();
            for (JsonNode line : stored) {
                JsonNode price = line.path("price_nano");
                lines.add(new CostLine(
                        line.path("class").stringValue(null),
                        line.path("tokens").isNumber() ? line.path("tokens").longValue() : null,
                        price.isNumber() ? Column.decimal(price.decimalValue()) : null,
                        Column.decimal(line.path("amount_nano").decimalValue(BigDecimal.ZERO))));
            }
            return lines;
        }
    }

    /** @param chain the effective row first, at least one */
    static Map<String, @Nullable Object> of(List<Row> chain, boolean forOperator) {
        Row effective = chain.getFirst();
        Map<String, @Nullable Object> detail = new LinkedHashMap<>(effective.fields());
        detail.put("recorded_at", effective.recordedAt());
        detail.put("correction_reason", effective.reason());
        detail.put("cost_lines", forOperator || effective.paidInFull() ? effective.lines() : List.of());
        detail.put("bounds", effective.bounds());
        detail.put(
                "superseded",
                chain.subList(1, chain.size()).stream()
                        .map(RecordDetail::superseded)
                        .toList());
        return detail;
    }

    private static Map<String, @Nullable Object> superseded(Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("recorded_at", row.recordedAt());
        view.put("correction_reason", row.reason());
        row.fields().forEach((name, value) -> {
            if (name.endsWith("_tokens")
                    || List.of("outcome", "billing", "cost", "user_cost", "currency", "price_version")
                            .contains(name)) {
                view.put(name, value);
            }
        });
        return view;
    }
}
