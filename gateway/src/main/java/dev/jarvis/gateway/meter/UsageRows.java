package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.budget.BudgetCharge;
import dev.jarvis.gateway.budget.Charged;
import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.json.Json;
import dev.jarvis.platform.money.CostLinesJson;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.TokenClass;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Records as the JSON array that the insert reads: one bound parameter, however many rows. A bind for each column would
 * meet the protocol's limit of 65,535.
 */
final class UsageRows {
    private UsageRows() {}

    /** @param charged what the budgets took of the records that claim any */
    static String json(UUID node, List<JournaledUsage> records, Map<UUID, Charged> charged) {
        StringWriter text = new StringWriter(records.size() * 1024);
        try (JsonGenerator json = Json.MAPPER.createGenerator(text)) {
            json.writeStartArray();
            for (JournaledUsage record : records) {
                json.writeStartObject();
                json.writeStringProperty("node_id", node.toString());
                attempt(json, record.usage().attempt());
                ending(json, record.usage());
                charge(json, record.usage());
                budgets(json, record, charged.get(record.attemptId()));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return text.toString();
    }

    private static void attempt(JsonGenerator json, OpenedAttempt attempt) {
        json.writeStringProperty("day", Uuid7.day(attempt.attemptId()).toString());
        json.writeStringProperty("attempt_id", attempt.attemptId().toString());
        json.writeStringProperty(
                "started_at", Uuid7.instant(attempt.attemptId()).toString());
        json.writeStringProperty("request_id", attempt.requestId());
        json.writeNumberProperty("attempt_number", attempt.attemptNumber());
        json.writeStringProperty("user_id", attempt.userId().toString());
        optionalText(json, "team_id", attempt.teamId().map(UUID::toString));
        optionalText(json, "caller_key_id", attempt.callerKeyId().map(UUID::toString));
        json.writeStringProperty("model", attempt.model());
        json.writeStringProperty("deployment_id", attempt.deploymentId().toString());
        json.writeStringProperty("provider", attempt.provider());
        optionalText(json, "provider_key_id", attempt.providerKeyId().map(UUID::toString));
        optionalText(json, "provider_key_hint", attempt.keyHint());
        json.writeStringProperty("upstream_model", attempt.upstreamModel());
        json.writeStringProperty("operation", attempt.operation());
        json.writeBooleanProperty("streamed", attempt.streamed());
        json.writeNumberProperty("request_bytes", attempt.requestBytes());
    }

    private static void ending(JsonGenerator json, UsageRecord usage) {
        json.writeStringProperty("outcome", usage.outcome().code());
        optionalInt(json, "http_status", usage.httpStatus());
        optionalText(json, "error_code", usage.errorCode());
        json.writeBooleanProperty("last_of_request", usage.lastOfRequest());
        optionalInt(json, "first_content_ms", usage.firstContentMillis());
        json.writeNumberProperty("duration_ms", usage.durationMillis());
        json.writeNumberProperty("response_bytes", usage.responseBytes());
        optionalText(json, "upstream_request_id", usage.upstreamRequestId());
        optionalText(json, "served_model", usage.servedModel());
    }

    private static void charge(JsonGenerator json, UsageRecord usage) {
        Charge charge = usage.charge();
        Optional<Price> price = usage.attempt().price();
        json.writeStringProperty("billing", charge.billing().code());
        tokens(json, charge.usage());
        charge.bounds().ifPresent(bounds -> {
            json.writeNumberProperty("input_low", bounds.inputLow());
            json.writeNumberProperty("input_high", bounds.inputHigh());
            json.writeNumberProperty("output_low", bounds.outputLow());
            json.writeNumberProperty("output_high", bounds.outputHigh());
        });
        json.writeStringProperty(
                "currency", price.map(Price::currency).orElse(Currency.USD).name());
        price.ifPresent(known -> json.writeNumberProperty("price_version", known.version()));
        json.writeObjectPropertyStart("units");
        charge.units().forEach((unit, count) -> json.writeNumberProperty(unit.code(), count));
        json.writeEndObject();
        json.writeStringProperty("service_tier", charge.serviceTier());
        json.writeNumberProperty("cost_nano", charge.costNano());
        json.writeName("cost_lines");
        CostLinesJson.write(json, charge.lines());
    }

    private static void budgets(JsonGenerator json, JournaledUsage record, @Nullable Charged charged) {
        json.writeNumberProperty(
                "user_cost_nano", charged == null ? record.usage().charge().userCostNano() : charged.userCostNano());
        json.writeArrayPropertyStart("budget_charges");
        for (BudgetCharge charge : charged == null ? List.<BudgetCharge>of() : charged.charges()) {
            json.writeStartObject();
            json.writeStringProperty("budget_id", charge.budgetId().toString());
            json.writeStringProperty("window", charge.windowText());
            json.writeStringProperty("lease_id", charge.leaseId().toString());
            json.writeNumberProperty("amount", charge.amount());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void tokens(JsonGenerator json, TokenUsage usage) {
        for (TokenClass tokenClass : TokenClass.values()) {
            json.writeNumberProperty(tokenClass.code() + "_tokens", usage.tokens(tokenClass));
        }
    }

    private static void optionalText(JsonGenerator json, String name, Optional<String> value) {
        value.ifPresent(text -> json.writeStringProperty(name, text));
    }

    private static void optionalInt(JsonGenerator json, String name, OptionalInt value) {
        value.ifPresent(number -> json.writeNumberProperty(name, number));
    }
}
