package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.limit.Spent;
import dev.jarvis.platform.money.CostLines;
import dev.jarvis.platform.money.CountedUnit;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.RateBand;
import dev.jarvis.platform.money.RateCard;
import dev.jarvis.platform.money.TokenClass;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an attempt used and cost, and what the user pays of it.
 *
 * <p>A user pays for what was delivered: never for a provider's refusal, never for a failure before content, and the
 * low bound where this gateway died. What the provider charges beyond that is on the operator's account.
 *
 * @param units what was used by the piece: the request itself, and what the provider counted
 * @param serviceTier that served it, or that was asked for where the provider does not say
 * @param costNano what the attempt cost: the sum of the lines
 * @param userCostNano what the user pays of it, at most the cost
 * @param userTokens the tokens that the user is charged for
 */
record Charge(
        Billing billing,
        TokenUsage usage,
        Map<CountedUnit, Long> units,
        String serviceTier,
        Optional<TokenBounds> bounds,
        CostLines lines,
        long costNano,
        long userCostNano,
        long userTokens) {

    Charge {
        units = Map.copyOf(units);
    }

    /** Beyond this no attempt's token count is believed: the provider's report is taken for a fault and estimated. */
    static final long IMPLAUSIBLE_TOKENS = 1_000_000_000;

    private static final Charge NOTHING = new Charge(
            Billing.NONE, TokenUsage.NONE, Map.of(), RateBand.STANDARD, Optional.empty(), CostLines.NONE, 0, 0, 0);

    /** @param httpStatus of the provider's answer, when there was one */
    static Charge of(
            OpenedAttempt attempt,
            Outcome outcome,
            OptionalInt httpStatus,
            Optional<TokenUsage> reported,
            Delivered delivered,
            Served served) {
        boolean beforeContent = delivered.events() == 0 && delivered.contentBytes() == 0;
        boolean broken = outcome == Outcome.FAILED || outcome == Outcome.TRUNCATED;
        Optional<TokenUsage> told = reported.filter(Charge::isPlausible);
        if (outcome == Outcome.REJECTED || outcome == Outcome.NOT_SENT) {
            return NOTHING;
        }
        if (told.isPresent()) {
            return exact(attempt, told.get(), served, broken && beforeContent);
        }
        if (broken && beforeContent) {
            return isRefusal(httpStatus) ? NOTHING : unknown(attempt, served);
        }
        return estimated(attempt, delivered, served, outcome);
    }

    private static Charge exact(OpenedAttempt attempt, TokenUsage usage, Served served, boolean nothingDelivered) {
        Map<CountedUnit, Long> units = units(served);
        String tier = tier(attempt, served);
        CostLines lines = CostLines.of(usage::tokens, units, card(attempt), tier);
        long cost = lines.totalNano();
        return new Charge(
                Billing.EXACT,
                usage,
                units,
                tier,
                Optional.empty(),
                lines,
                cost,
                nothingDelivered ? 0 : cost,
                nothingDelivered ? 0 : usage.total());
    }

    private static Charge estimated(OpenedAttempt attempt, Delivered delivered, Served served, Outcome outcome) {
        UsageEstimate estimate = UsageEstimate.of(attempt, delivered);
        Map<CountedUnit, Long> units = units(served);
        String tier = tier(attempt, served);
        CostLines lines = CostLines.of(estimate.point()::tokens, units, card(attempt), tier);
        TokenUsage charged = outcome == Outcome.INTERRUPTED ? estimate.low() : estimate.point();
        Map<CountedUnit, Long> chargedUnits = charged.total() == 0 ? Map.of() : units;
        return new Charge(
                Billing.ESTIMATED,
                estimate.point(),
                units,
                tier,
                Optional.of(estimate.bounds()),
                lines,
                lines.totalNano(),
                CostLines.of(charged::tokens, chargedUnits, card(attempt), tier).totalNano(),
                charged.total());
    }

    private static Charge unknown(OpenedAttempt attempt, Served served) {
        UsageEstimate estimate = UsageEstimate.unanswered(attempt);
        return new Charge(
                Billing.UNKNOWN,
                estimate.point(),
                Map.of(),
                tier(attempt, served),
                Optional.of(estimate.bounds()),
                CostLines.NONE,
                0,
                0,
                0);
    }

    private static Optional<RateCard> card(OpenedAttempt attempt) {
        return attempt.price().map(Price::card);
    }

    private static Map<CountedUnit, Long> units(Served served) {
        Map<CountedUnit, Long> units = new EnumMap<>(CountedUnit.class);
        units.putAll(served.units());
        units.put(CountedUnit.REQUESTS, 1L);
        return units;
    }

    /** {@code auto} is what a request may ask for; as an answer it leaves open what was granted. */
    private static String tier(OpenedAttempt attempt, Served served) {
        return served.serviceTier()
                .filter(word -> !word.equals("auto"))
                .map(RateBand::tierOf)
                .orElse(attempt.serviceTier());
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
