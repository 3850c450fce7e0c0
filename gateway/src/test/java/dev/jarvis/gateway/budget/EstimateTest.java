package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.catalog.AuthScheme;
import dev.jarvis.gateway.catalog.Deployment;
import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.gateway.limit.Demand;
import dev.jarvis.gateway.limit.InputBound;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.money.CostLines;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.RateBand;
import dev.jarvis.platform.money.RateCard;
import dev.jarvis.platform.money.Rates;
import dev.jarvis.platform.money.TokenClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What is set aside for a request covers what it can cost. */
class EstimateTest {
    private static final long OUTPUT = 1_000;

    /** Dearer above 200,000 tokens and, as some are, cheaper above 272,000; a tier that costs more; cached tokens apart. */
    private static final RateCard CARD = new RateCard(
            Currency.USD,
            List.of(
                    new RateBand(
                            RateBand.STANDARD,
                            0,
                            new Rates(Map.of(
                                    TokenClass.INPUT, 1_250_000_000L,
                                    TokenClass.CACHE_READ, 125_000_000L,
                                    TokenClass.CACHE_WRITE_1H, 2_500_000_001L,
                                    TokenClass.OUTPUT, 10_000_000_000L))),
                    new RateBand(RateBand.STANDARD, 200_000, Rates.of(2_500_000_000L, 15_000_000_000L)),
                    new RateBand(RateBand.STANDARD, 272_000, Rates.of(1_000_000_000L, 5_000_000_000L)),
                    new RateBand("priority", 0, Rates.of(3_000_000_000L, 20_000_000_000L))),
            Map.of());

    /** Whatever the tokens turn out to be, up to the most that the request can have, and in whichever class and tier. */
    @ParameterizedTest
    @ValueSource(longs = {199_999, 200_000, 200_001, 271_999, 272_000, 272_001, 400_000})
    void b9_aHoldCoversItsRequestOnBothSidesOfATiersBoundary(long inputHigh) {
        long held = Estimate.of(demand(inputHigh)).money(new Price(1, CARD), BudgetClaim.SAME);

        for (long input : new long[] {1, 199_999, 200_000, 200_001, 271_999, 272_000, 272_001, inputHigh}) {
            if (input <= inputHigh) {
                for (TokenClass inputClass :
                        List.of(TokenClass.INPUT, TokenClass.CACHE_READ, TokenClass.CACHE_WRITE_1H)) {
                    for (String tier : List.of(RateBand.STANDARD, "priority")) {
                        assertThat(cost(inputClass, input, tier))
                                .as("%d tokens of %s, tier '%s'", input, inputClass, tier)
                                .isLessThanOrEqualTo(held);
                    }
                }
            }
        }
    }

    private static long cost(TokenClass inputClass, long input, String tier) {
        return CostLines.of(
                        tokenClass -> {
                            if (tokenClass == inputClass) {
                                return input;
                            }
                            return tokenClass == TokenClass.OUTPUT ? OUTPUT : 0;
                        },
                        Map.of(),
                        Optional.of(CARD),
                        tier)
                .totalNano();
    }

    private static Demand demand(long inputHigh) {
        Model model = new Model(
                "m",
                "M",
                "text",
                "text",
                "",
                false,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(new Price(1, CARD)),
                Instant.EPOCH,
                new Deployment(
                        new UUID(1, 1),
                        "openai",
                        URI.create("http://127.0.0.1:1/"),
                        new AuthScheme.Bearer(),
                        KeyMode.SINGLE,
                        "m",
                        List.of(),
                        false));
        Identity caller = new Identity(
                new UUID(3, 3),
                "jane",
                Role.USER,
                Identity.DEFAULT_TEAM,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.MAX);
        return new Demand(caller, model, inputHigh - InputBound.TEMPLATE_TOKENS, OptionalLong.of(OUTPUT), 1);
    }
}
