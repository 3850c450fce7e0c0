package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.platform.money.CostLine;
import dev.jarvis.platform.money.CostLines;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.RateBand;
import dev.jarvis.platform.money.TokenClass;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import static org.assertj.core.api.Assertions.assertThat;

class CostLinesTest {
    @Test
    void c19_chargesAnthropicsCachedTokensOnce() {
        Price price = price(3_000_000_000L, 300_000_000L, 3_750_000_000L, 15_000_000_000L);

        CostLines lines = CostLines.of(
                new TokenUsage(3, 0, 12_304, 0, 550, 0, 0, 0, 0)::tokens,
                Map.of(),
                Optional.of(price.card()),
                RateBand.STANDARD);

        assertThat(lines.totalNano()).isEqualTo(54_399_000L);
        assertThat(lines.lines())
                .containsExactly(
                        new CostLine(TokenClass.INPUT, 3, 3_000_000_000L, 9_000),
                        new CostLine(TokenClass.CACHE_WRITE_5M, 12_304, 3_750_000_000L, 46_140_000),
                        new CostLine(TokenClass.OUTPUT, 550, 15_000_000_000L, 8_250_000));
    }

    @Test
    void c19_chargesALargeCacheWriteToTheNano() {
        Price price = price(5_000_000_000L, 500_000_000L, 6_250_000_000L, 25_000_000_000L);

        CostLines lines = CostLines.of(
                new TokenUsage(6, 0, 159_217, 0, 2_745, 0, 0, 0, 0)::tokens,
                Map.of(),
                Optional.of(price.card()),
                RateBand.STANDARD);

        assertThat(lines.totalNano()).isEqualTo(1_063_761_250L);
    }

    @Test
    void roundsEachLineHalfUpOnce() {
        Price price = Price.of(1, Currency.CNY, 1, 499_999);

        CostLines lines =
                CostLines.of(TokenUsage.of(500_000, 1)::tokens, Map.of(), Optional.of(price.card()), RateBand.STANDARD);

        assertThat(lines.lines()).extracting(CostLine::amountNano).containsExactly(1L, 0L);
    }

    @Test
    void theLinesOfAnyUsageAddUpToItsCost() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 2_000; round++) {
            Price price = price(rate(random), rate(random), rate(random), rate(random));
            TokenUsage usage = usage(random);

            CostLines lines = CostLines.of(usage::tokens, Map.of(), Optional.of(price.card()), RateBand.STANDARD);

            long expected = 0;
            for (TokenClass tokenClass : TokenClass.values()) {
                expected += exact(usage.tokens(tokenClass), price.rate(tokenClass));
            }
            assertThat(lines.totalNano()).as("seed %d round %d", seed, round).isEqualTo(expected);
            assertThat(lines.lines().stream().mapToLong(CostLine::quantity).sum())
                    .isEqualTo(usage.total());
        }
    }

    @Test
    void anUnpricedModelHasNoLines() {
        assertThat(CostLines.of(TokenUsage.of(10, 10)::tokens, Map.of(), Optional.empty(), RateBand.STANDARD))
                .isEqualTo(CostLines.NONE);
    }

    @Test
    void aMistypedPriceCannotLeaveTheRangeOfALong() {
        Price price = Price.of(1, Currency.USD, Long.MAX_VALUE, Long.MAX_VALUE);
        long most = Charge.IMPLAUSIBLE_TOKENS;

        CostLines lines = CostLines.of(
                new TokenUsage(most, most, most, most, most, most, most, most, most)::tokens,
                Map.of(),
                Optional.of(price.card()),
                RateBand.STANDARD);

        assertThat(lines.totalNano()).isEqualTo(9 * CostLines.MAX_LINE_NANO);
    }

    private static long exact(long tokens, long rate) {
        return new BigDecimal(BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(rate)))
                .divide(BigDecimal.valueOf(1_000_000), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static long rate(RandomGenerator random) {
        return random.nextLong(1L << random.nextInt(1, 40));
    }

    private static TokenUsage usage(RandomGenerator random) {
        long[] tokens = random.longs(9, 0, 1L << random.nextInt(1, 24)).toArray();
        return new TokenUsage(
                tokens[0], tokens[1], tokens[2], tokens[3], tokens[4], tokens[5], tokens[6], tokens[7], tokens[8]);
    }

    private static Price price(long input, long cacheRead, long cacheWrite, long output) {
        Map<TokenClass, Long> rates = new EnumMap<>(TokenClass.class);
        rates.put(TokenClass.INPUT, input);
        rates.put(TokenClass.CACHE_READ, cacheRead);
        rates.put(TokenClass.CACHE_WRITE_5M, cacheWrite);
        rates.put(TokenClass.OUTPUT, output);
        return Price.of(1, Currency.USD, rates);
    }
}
