package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.budget.Charged;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.money.CostLine;
import dev.jarvis.platform.money.CostLines;
import dev.jarvis.platform.money.CountedUnit;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.TokenClass;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Records as rows of {@code llm_usage}: the one place that knows which columns a node writes, in which order and as what.
 * What it leaves out has the table's default.
 */
final class UsageRows {
    private static final int EXPECTED_ROW = 900;
    private static final List<Column> COLUMNS = columns();

    /** Takes rows of {@link #bytes}. */
    static final String COPY = COLUMNS.stream()
            .map(Column::name)
            .collect(Collectors.joining(", ", "COPY llm_usage (", ") FROM STDIN (FORMAT binary)"));

    private UsageRows() {}

    /** What a row is made of; {@code charged} is what the budgets took, of a record that claims any. */
    private record Row(
            UUID node, JournaledUsage record, @Nullable Charged charged, BudgetTexts texts) {
        OpenedAttempt attempt() {
            return record.usage().attempt();
        }

        UsageRecord usage() {
            return record.usage();
        }

        Charge charge() {
            return record.usage().charge();
        }
    }

    private interface Writer {
        void write(CopyRows out, Row row);
    }

    private record Column(String name, Writer value) {}

    /** @param charged what the budgets took of the records that claim any */
    static byte[] bytes(UUID node, List<JournaledUsage> records, Map<UUID, Charged> charged) {
        CopyRows out = new CopyRows(records.size() * EXPECTED_ROW);
        BudgetTexts texts = new BudgetTexts();
        for (JournaledUsage record : records) {
            Row row = new Row(node, record, charged.get(record.attemptId()), texts);
            out.startRow(COLUMNS.size());
            for (Column column : COLUMNS) {
                column.value().write(out, row);
            }
        }
        return out.end();
    }

    private static List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        attempt(columns);
        ending(columns);
        charge(columns);
        return List.copyOf(columns);
    }

    private static void attempt(List<Column> to) {
        add(to, "day", (out, row) -> out.date(Uuid7.millis(row.record().attemptId())));
        uuid(to, "attempt_id", row -> row.record().attemptId());
        add(
                to,
                "started_at",
                (out, row) -> out.timestamp(Uuid7.millis(row.record().attemptId())));
        text(to, "request_id", row -> row.attempt().requestId());
        uuid(to, "node_id", Row::node);
        add(to, "attempt_number", (out, row) -> out.int2(row.attempt().attemptNumber()));
        uuid(to, "user_id", row -> row.attempt().userId());
        optionalUuid(to, "team_id", row -> row.attempt().teamId());
        optionalUuid(to, "caller_key_id", row -> row.attempt().callerKeyId());
        text(to, "model", row -> row.attempt().model());
        uuid(to, "deployment_id", row -> row.attempt().deploymentId());
        text(to, "provider", row -> row.attempt().provider());
        optionalUuid(to, "provider_key_id", row -> row.attempt().providerKeyId());
        optionalText(to, "provider_key_hint", row -> row.attempt().keyHint());
        text(to, "upstream_model", row -> row.attempt().upstreamModel());
        text(to, "operation", row -> row.attempt().operation());
        add(to, "streamed", (out, row) -> out.bool(row.attempt().streamed()));
        add(to, "request_bytes", (out, row) -> out.int8(row.attempt().requestBytes()));
    }

    private static void ending(List<Column> to) {
        text(to, "outcome", row -> row.usage().outcome().code());
        optionalInt(to, "http_status", row -> row.usage().httpStatus(), CopyRows::int2);
        optionalText(to, "error_code", row -> row.usage().errorCode());
        add(to, "last_of_request", (out, row) -> out.bool(row.usage().lastOfRequest()));
        optionalInt(to, "first_content_ms", row -> row.usage().firstContentMillis(), CopyRows::int4);
        add(to, "duration_ms", (out, row) -> out.int4(row.usage().durationMillis()));
        add(to, "response_bytes", (out, row) -> out.int8(row.usage().responseBytes()));
        optionalText(to, "upstream_request_id", row -> row.usage().upstreamRequestId());
        optionalText(to, "served_model", row -> row.usage().servedModel());
    }

    private static void charge(List<Column> to) {
        text(to, "billing", row -> row.charge().billing().code());
        for (TokenClass tokenClass : TokenClass.values()) {
            add(
                    to,
                    tokenClass.code() + "_tokens",
                    (out, row) -> out.int8(row.charge().usage().tokens(tokenClass)));
        }
        bound(to, "input_low", TokenBounds::inputLow);
        bound(to, "input_high", TokenBounds::inputHigh);
        bound(to, "output_low", TokenBounds::outputLow);
        bound(to, "output_high", TokenBounds::outputHigh);
        text(
                to,
                "currency",
                row -> row.attempt()
                        .price()
                        .map(Price::currency)
                        .orElse(Currency.USD)
                        .name());
        add(
                to,
                "price_version",
                (out, row) -> row.attempt().price().ifPresentOrElse(price -> out.int8(price.version()), out::nothing));
        add(to, "units", (out, row) -> out.jsonb(units(row.charge().units())));
        text(to, "service_tier", row -> row.charge().serviceTier());
        add(to, "cost_nano", (out, row) -> out.int8(row.charge().costNano()));
        add(to, "cost_lines", (out, row) -> out.jsonb(lines(row.charge().lines())));
        add(to, "user_cost_nano", (out, row) -> {
            Charged charged = row.charged();
            out.int8(charged == null ? row.charge().userCostNano() : charged.userCostNano());
        });
        add(to, "budget_charges", (out, row) -> {
            Charged charged = row.charged();
            out.jsonb(charged == null ? "[]" : row.texts().of(charged.charges()));
        });
    }

    private static String units(Map<CountedUnit, Long> units) {
        RowText json = new RowText(48).startObject();
        units.forEach((unit, count) -> json.number(unit.code(), count));
        return json.endObject().toString();
    }

    private static String lines(CostLines lines) {
        RowText json = new RowText(96 * lines.lines().size() + 2).startArray();
        for (CostLine line : lines.lines()) {
            json.startObject();
            json.text("class", line.what().code());
            json.number(line.what() instanceof TokenClass ? "tokens" : "units", line.quantity());
            json.number("price_nano", line.priceNano());
            json.number("amount_nano", line.amountNano());
            if (!lines.serviceTier().isEmpty()) {
                json.text("service_tier", lines.serviceTier());
            }
            if (lines.aboveInputTokens() > 0) {
                json.number("above_input_tokens", lines.aboveInputTokens());
            }
            json.endObject();
        }
        return json.endArray().toString();
    }

    private static void add(List<Column> to, String name, Writer value) {
        to.add(new Column(name, value));
    }

    private static void uuid(List<Column> to, String name, Function<Row, UUID> value) {
        add(to, name, (out, row) -> out.uuid(value.apply(row)));
    }

    private static void text(List<Column> to, String name, Function<Row, String> value) {
        add(to, name, (out, row) -> out.text(value.apply(row)));
    }

    private static void optionalUuid(List<Column> to, String name, Function<Row, Optional<UUID>> value) {
        add(to, name, (out, row) -> value.apply(row).ifPresentOrElse(out::uuid, out::nothing));
    }

    private static void optionalText(List<Column> to, String name, Function<Row, Optional<String>> value) {
        add(to, name, (out, row) -> value.apply(row).ifPresentOrElse(out::text, out::nothing));
    }

    /** @param write as the column's type wants it */
    private static void optionalInt(
            List<Column> to, String name, Function<Row, OptionalInt> value, ObjIntConsumer<CopyRows> write) {
        add(
                to,
                name,
                (out, row) -> value.apply(row).ifPresentOrElse(number -> write.accept(out, number), out::nothing));
    }

    private static void bound(List<Column> to, String name, ToLongFunction<TokenBounds> value) {
        add(
                to,
                name,
                (out, row) -> row.charge()
                        .bounds()
                        .ifPresentOrElse(bounds -> out.int8(value.applyAsLong(bounds)), out::nothing));
    }
}
