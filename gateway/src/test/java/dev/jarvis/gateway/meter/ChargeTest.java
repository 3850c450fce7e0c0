package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.limit.InputBound;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.RateBand;
import dev.jarvis.platform.money.RateCard;
import dev.jarvis.platform.money.Rates;
import dev.jarvis.platform.money.TokenClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;

/** The table "Who pays", row by row. */
class ChargeTest {
    private static final Delivered SOME = new Delivered(5, 400, 0);
    private static final Optional<TokenUsage> TOLD = Optional.of(TokenUsage.of(100, 20));
    /** 100 tokens at 3 USD and 20 at 15 USD per million. */
    private static final long TOLD_COST = 600_000;
    /** 1000 bytes of request and 400 of text: 250 and 100 tokens. */
    private static final long ESTIMATED_COST = 250 * 3_000 + 100 * 15_000;

    @Test
    void terminalUsageIsExactAndPaid() {
        Charge charge = charge(Outcome.COMPLETED, TOLD, SOME);

        assertCharge(charge, Billing.EXACT, TOLD_COST, TOLD_COST);
        assertThat(charge.bounds()).isEmpty();
    }

    @Test
    void t15_anAnswerWithoutUsageIsEstimatedAndPaid() {
        Charge charge = charge(Outcome.COMPLETED, Optional.empty(), SOME);

        assertCharge(charge, Billing.ESTIMATED, ESTIMATED_COST, ESTIMATED_COST);
        assertThat(charge.usage()).isEqualTo(TokenUsage.of(250, 100));
    }

    @Test
    void aDrainedHangUpIsExactAndPaid() {
        assertCharge(charge(Outcome.CLIENT_GONE, TOLD, SOME), Billing.EXACT, TOLD_COST, TOLD_COST);
    }

    @Test
    void aCancelledHangUpIsEstimatedWithItsInput() {
        Charge charge = charge(Outcome.CLIENT_GONE, Optional.empty(), SOME);

        assertCharge(charge, Billing.ESTIMATED, ESTIMATED_COST, ESTIMATED_COST);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"FAILED", "TRUNCATED"})
    void aFailureBeforeContentCostsTheUserNothing(Outcome outcome) {
        assertCharge(charge(outcome, TOLD, Delivered.NOTHING), Billing.EXACT, TOLD_COST, 0);
        assertCharge(charge(outcome, Optional.empty(), Delivered.NOTHING), Billing.UNKNOWN, 0, 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"FAILED", "TRUNCATED"})
    void aFailureAfterContentIsPaidAsDelivered(Outcome outcome) {
        assertCharge(charge(outcome, TOLD, SOME), Billing.EXACT, TOLD_COST, TOLD_COST);
        assertCharge(charge(outcome, Optional.empty(), SOME), Billing.ESTIMATED, ESTIMATED_COST, ESTIMATED_COST);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"REJECTED", "NOT_SENT"})
    void whatWasNeverWorkedOnCostsNothing(Outcome outcome) {
        Charge charge = charge(outcome, Optional.empty(), Delivered.NOTHING);

        assertCharge(charge, Billing.NONE, 0, 0);
        assertThat(charge.usage().total()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, UNKNOWN", "200, UNKNOWN", "500, UNKNOWN", "502, UNKNOWN", "504, UNKNOWN", "429, NONE", "529, NONE"})
    void aFailureWithoutAnAnswerIsUnknownOnTheOperatorsAccount(int status, Billing billing) {
        OptionalInt told = status == 0 ? OptionalInt.empty() : OptionalInt.of(status);

        Charge charge = Charge.of(
                Samples.opened(), Outcome.FAILED, told, Optional.empty(), Delivered.NOTHING, Served.NOTHING_SAID);

        assertCharge(charge, billing, 0, 0);
    }

    @Test
    void aKilledGatewaysUserPaysTheLowBound() {
        Charge charge = charge(Outcome.INTERRUPTED, Optional.empty(), SOME);

        assertCharge(charge, Billing.ESTIMATED, ESTIMATED_COST, 3_000 + 4 * 15_000);
        assertThat(charge.bounds()).contains(new TokenBounds(1, 1000 + InputBound.TEMPLATE_TOKENS, 4, 500));
    }

    @Test
    void anImplausibleReportIsEstimatedInstead() {
        Charge charge = charge(Outcome.COMPLETED, Optional.of(TokenUsage.of(1, Long.MAX_VALUE)), SOME);

        assertCharge(charge, Billing.ESTIMATED, ESTIMATED_COST, ESTIMATED_COST);
    }

    /** A tier costs half; what is granted counts, and where nothing is said, what was asked for. */
    @Test
    void theTierThatServedIsCharged() {
        assertThat(tiered("flex", Optional.empty()).costNano()).isEqualTo(TOLD_COST / 2);
        assertThat(tiered("flex", Optional.of("auto")).costNano()).isEqualTo(TOLD_COST / 2);
        assertThat(tiered("flex", Optional.of("default")).costNano()).isEqualTo(TOLD_COST);
        assertThat(tiered("", Optional.of("flex")).costNano()).isEqualTo(TOLD_COST / 2);
        assertThat(tiered("", Optional.of("flex")).serviceTier()).isEqualTo("flex");
        assertThat(tiered("", Optional.of("a word that is\nno tier")).serviceTier())
                .isEmpty();
    }

    private static Charge tiered(String askedFor, Optional<String> granted) {
        Rates half = Rates.of(Samples.PRICE.rate(TokenClass.INPUT) / 2, Samples.PRICE.rate(TokenClass.OUTPUT) / 2);
        RateCard card = new RateCard(
                Currency.USD,
                List.of(new RateBand("", 0, Samples.PRICE.card().base()), new RateBand("flex", 0, half)),
                Map.of());
        AttemptOpening plain =
                Samples.opening(Uuid7.next(), Samples.model("m", Optional.of(new Price(1, card)), false));
        OpenedAttempt opened = OpenedAttempt.of(new AttemptOpening(
                plain.attemptId(),
                plain.requestId(),
                1,
                plain.caller(),
                plain.model(),
                plain.key(),
                "chat",
                true,
                askedFor,
                1000,
                plain.outputCap(),
                List.of()));
        return Charge.of(
                opened,
                Outcome.COMPLETED,
                OptionalInt.of(200),
                TOLD,
                SOME,
                new Served(Optional.empty(), granted, Map.of()));
    }

    private static Charge charge(Outcome outcome, Optional<TokenUsage> reported, Delivered delivered) {
        return Charge.of(Samples.opened(), outcome, OptionalInt.of(200), reported, delivered, Served.NOTHING_SAID);
    }

    private static void assertCharge(Charge charge, Billing billing, long cost, long userCost) {
        assertThat(charge.billing()).isEqualTo(billing);
        assertThat(charge.costNano()).isEqualTo(cost);
        assertThat(charge.userCostNano()).isEqualTo(userCost);
        assertThat(charge.lines().totalNano()).isEqualTo(cost);
    }
}
