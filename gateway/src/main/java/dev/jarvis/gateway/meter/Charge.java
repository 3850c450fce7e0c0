package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.limit.Spent;
import dev.jarvis.platform.money.TokenClass;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an attempt used and cost, and what the user pays of it.
 *
 * <p>A user pays for what was delivered: never for a provider's refusal, never for a failure before content, and the
 * low bound where this gateway died. What the provider charges beyond that is on the operator's account.
 *
 * @param costNano what the attempt cost: the sum of the lines
 * @param userCostNano what the user pays of it, at most the cost
 * @param userTokens the tokens that the user is charged for
 */
record Charge(
        Billing billing,
        TokenUsage usage,
        Optional<TokenBounds> bounds,
        CostLines lines,
        long costNano,
        long userCostNano,
        long userTokens) {

    /** Beyond this no attempt's token count is believed: the provider's report is taken for a fault and estimated. */
    static final long IMPLAUSIBLE_TOKENS = 1_000_000_000;

    private static final Charge NOTHING =
            new Charge(Billing.NONE, TokenUsage.NONE, Optional.empty(), CostLines.NONE, 0, 0, 0);

    /** @param httpStatus of the provider's answer, when there was one */
    static Charge of(
            OpenedAttempt attempt,
            Outcome outcome,
            OptionalInt httpStatus,
            Optional<TokenUsage> reported,
            Delivered delivered) {
        boolean beforeContent = delivered.events() == 0 && delivered.contentBytes() == 0;
        boolean broken = outcome == Outcome.FAILED || outcome == Outcome.TRUNCATED;
        Optional<TokenUsage> told = reported.filter(Charge::isPlausible);
        if (outcome == Outcome.REJECTED || outcome == Outcome.NOT_SENT) {
            return NOTHING;
        }
        if (told.isPresent()) {
            return exact(attempt, told.get(), broken && beforeContent);
        }
        if (broken && beforeContent) {
            return isRefusal(httpStatus) ? NOTHING : unknown(attempt);
        }
        return estimated(attempt, delivered, outcome);
    }

    private static Charge exact(OpenedAttempt attempt, TokenUsage usage, boolean nothingDelivered) {
        CostLines lines = CostLines.of(usage, attempt.price());
        long cost = lines.totalNano();
        return new Charge(
                Billing.EXACT,
                usage,
                Optional.empty(),
                lines,
                cost,
                nothingDelivered ? 0 : cost,
                nothingDelivered ? 0 : usage.total());
    }

    private static Charge estimated(OpenedAttempt attempt, Delivered delivered, Outcome outcome) {
        UsageEstimate estimate = UsageEstimate.of(attempt, delivered);
        CostLines lines = CostLines.of(estimate.point(), attempt.price());
        long cost = lines.totalNano();
        TokenUsage charged = outcome == Outcome.INTERRUPTED ? estimate.low() : estimate.point();
        long userCost = CostLines.of(charged, attempt.price()).totalNano();
        return new Charge(
                Billing.ESTIMATED,
                estimate.point(),
                Optional.of(estimate.bounds()),
                lines,
                cost,
                userCost,
                charged.total());
    }

    private static Charge unknown(OpenedAttempt attempt) {
        UsageEstimate estimate = UsageEstimate.unanswered(attempt);
        return new Charge(Billing.UNKNOWN, estimate.point(), Optional.of(estimate.bounds()), CostLines.NONE, 0, 0, 0);
    }

    Spent spent() {
        return new Spent(userCostNano, userTokens);
    }

    /** 4xx, 503 and 529 say that the request was not worked on; any other failure, 500 included, leaves it open. */
    private static boolean isRefusal(OptionalInt httpStatus) {
        int status = httpStatus.orElse(0);
        return (status >= 400 && status < 500) || status == 503 || status == 529;
    }

    private static boolean isPlausible(TokenUsage usage) {
        for (TokenClass tokenClass : TokenClass.values()) {
            if (usage.tokens(tokenClass) > IMPLAUSIBLE_TOKENS) {
                return false;
            }
        }
        return true;
    }
}
