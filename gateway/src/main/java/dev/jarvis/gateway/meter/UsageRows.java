package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.budget.BudgetCharge;
import dev.jarvis.gateway.budget.Charged;
import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.money.CostLine;
import dev.jarvis.platform.money.CostLines;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.TokenClass;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Records as the JSON array that the insert reads: one bound parameter, however many rows. A bind for each column would
 * meet the protocol's limit of 65,535. What most records have none of is left out, and the insert knows what that means:
 * both sides read and write every byte of it.
 */
final class UsageRows {
    /** Columns of token classes, in their order. */
    private static final List<String> TOKENS = Stream.of(TokenClass.values())
            .map(tokenClass -> tokenClass.code() + "_tokens")
            .toList();

    private UsageRows() {}

    /** @param charged what the budgets took of the records that claim any */
    static String json(List<JournaledUsage> records, Map<UUID, Charged> charged) {
        RowText json = new RowText(records.size() * 1100).startArray();
        for (JournaledUsage record : records) {
            json.startObject();
            attempt(json, record.usage().attempt());
            ending(json, record.usage());
            charge(json, record.usage());
            budgets(json, record, charged.get(record.attemptId()));
            json.endObject();
        }
        return json.endArray().toString();
    }

    private static void attempt(RowText json, OpenedAttempt attempt) {
        json.text("day", Uuid7.day(attempt.attemptId()).toString());
        json.text("attempt_id", attempt.attemptId().toString());
        json.text("started_at", Uuid7.instant(attempt.attemptId()).toString());
        json.text("request_id", attempt.requestId());
        json.number("attempt_number", attempt.attemptNumber());
        json.text("user_id", attempt.userId().toString());
        optionalText(json, "team_id", attempt.teamId().map(UUID::toString));
        optionalText(json, "caller_key_id", attempt.callerKeyId().map(UUID::toString));
        json.text("model", attempt.model());
        json.text("deployment_id", attempt.deploymentId().toString());
        json.text("provider", attempt.provider());
        optionalText(json, "provider_key_id", attempt.providerKeyId().map(UUID::toString));
        optionalText(json, "provider_key_hint", attempt.keyHint());
        json.text("upstream_model", attempt.upstreamModel());
        json.text("operation", attempt.operation());
        json.bool("streamed", attempt.streamed());
        json.number("request_bytes", attempt.requestBytes());
    }

    private static void ending(RowText json, UsageRecord usage) {
        json.text("outcome", usage.outcome().code());
        optionalInt(json, "http_status", usage.httpStatus());
        optionalText(json, "error_code", usage.errorCode());
        json.bool("last_of_request", usage.lastOfRequest());
        optionalInt(json, "first_content_ms", usage.firstContentMillis());
        json.number("duration_ms", usage.durationMillis());
        json.number("response_bytes", usage.responseBytes());
        optionalText(json, "upstream_request_id", usage.upstreamRequestId());
        optionalText(json, "served_model", usage.servedModel());
    }

    private static void charge(RowText json, UsageRecord usage) {
        Charge charge = usage.charge();
        Optional<Price> price = usage.attempt().price();
        json.text("billing", charge.billing().code());
        tokens(json, charge.usage());
        charge.bounds().ifPresent(bounds -> {
            json.number("input_low", bounds.inputLow());
            json.number("input_high", bounds.inputHigh());
            json.number("output_low", bounds.outputLow());
            json.number("output_high", bounds.outputHigh());
        });
        json.text("currency", price.map(Price::currency).orElse(Currency.USD).name());
        price.ifPresent(known -> json.number("price_version", known.version()));
        if (!charge.units().isEmpty()) {
            json.startObject("units");
            charge.units().forEach((unit, count) -> json.number(unit.code(), count));
            json.endObject();
        }
        json.text("service_tier", charge.serviceTier());
        json.number("cost_nano", charge.costNano());
        lines(json, charge.lines());
    }

    private static void budgets(RowText json, JournaledUsage record, @Nullable Charged charged) {
        json.number(
                "user_cost_nano", charged == null ? record.usage().charge().userCostNano() : charged.userCostNano());
        if (charged == null || charged.charges().isEmpty()) {
            return;
        }
        json.startArray("budget_charges");
        for (BudgetCharge charge : charged.charges()) {
            json.startObject();
            json.text("budget_id", charge.budgetId().toString());
            json.text("window", charge.windowText());
            json.text("lease_id", charge.leaseId().toString());
            json.number("amount", charge.amount());
            json.endObject();
        }
        json.endArray();
    }

    private static void tokens(RowText json, TokenUsage usage) {
        for (TokenClass tokenClass : TokenClass.values()) {
            long tokens = usage.tokens(tokenClass);
            if (tokens != 0) {
                json.number(TOKENS.get(tokenClass.ordinal()), tokens);
            }
        }
    }

    private static void lines(RowText json, CostLines lines) {
        json.startArray("cost_lines");
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
        json.endArray();
    }

    private static void optionalText(RowText json, String name, Optional<String> value) {
        value.ifPresent(text -> json.text(name, text));
    }

    private static void optionalInt(RowText json, String name, OptionalInt value) {
        value.ifPresent(number -> json.number(name, number));
    }
}
