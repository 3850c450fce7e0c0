package dev.jarvis.gateway.budget;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.money.BudgetWindow;
import dev.jarvis.platform.money.Currency;

import java.util.HashMap;
import java.util.Map;

/** What a caller is told when a budget stops a request. */
final class BudgetRefusals {
    private static final Map<String, String> NO_RETRY = Map.of("x-should-retry", "false");

    private BudgetRefusals() {}

    /** 402: waiting a moment does not help, so clients are told not to try again. */
    static Refusal exceeded(Budget budget, BudgetWindow window) {
        Map<String, String> headers = new HashMap<>(NO_RETRY);
        headers.put("x-budget-scope", budget.scope().code());
        String resets = "It does not reset by itself; ask an administrator for more.";
        if (window.ends()) {
            headers.put("x-budget-resets-at", window.endsAt().toString());
            resets = "It resets at " + window.endsAt() + ".";
        }
        return new Refusal(
                402,
                "insufficient_quota",
                "budget_exceeded",
                "What is left of " + budget.scope().whose() + " budget does not cover this request. " + resets,
                null,
                headers);
    }

    static Refusal unavailable() {
        return Refusal.unavailable(
                "budget_unavailable",
                "The budget cannot be checked, because the database cannot be reached. Try again.");
    }

    static Refusal notPriced(String model) {
        return new Refusal(
                400,
                "invalid_request_error",
                "model_not_priced",
                "The model '" + model + "' has no price, so it cannot be used under a budget. Ask an administrator.",
                "model",
                NO_RETRY);
    }

    static Refusal noCap() {
        return new Refusal(
                400,
                "invalid_request_error",
                "max_tokens_required",
                "Under a budget the length of an answer must be limited. Send 'max_completion_tokens'.",
                "max_completion_tokens",
                NO_RETRY);
    }

    static Refusal noRate(Currency from, String to) {
        return new Refusal(
                400,
                "invalid_request_error",
                "exchange_rate_missing",
                "The model is priced in " + from + " and the budget is in " + to
                        + ", and no exchange rate is set. Ask an administrator.",
                "model",
                NO_RETRY);
    }
}
