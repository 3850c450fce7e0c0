package dev.jarvis.platform.money;

import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PriceTest {
    private static final Rates SHORT = Rates.of(3_000_000_000L, 15_000_000_000L);
    private static final Rates LONG = Rates.of(6_000_000_000L, 22_500_000_000L);
    private static final Rates FLEX = Rates.of(1_500_000_000L, 7_500_000_000L);

    private static final RateCard TIERED = new RateCard(
            Currency.USD,
            List.of(new RateBand("flex", 0, FLEX), new RateBand("", 200_000, LONG), new RateBand("", 0, SHORT)),
            Map.of());

    @Test
    void aRequestIsChargedByTheBandThatItsWholeInputFallsInto() {
        assertThat(TIERED.band("", 0).rates()).isEqualTo(SHORT);
        assertThat(TIERED.band("", 200_000).rates()).isEqualTo(SHORT);
        assertThat(TIERED.band("", 200_001).rates()).isEqualTo(LONG);
        assertThat(TIERED.band("flex", 200_001).rates()).isEqualTo(FLEX);
        assertThat(TIERED.band("priority", 200_001).rates()).isEqualTo(LONG);
    }

    @Test
    void aClassWithoutARateIsChargedAsTheNextPlainerOne() {
        Rates rates = new Rates(Map.of(
                TokenClass.INPUT,
                10L,
                TokenClass.CACHE_WRITE_5M,
                12L,
                TokenClass.OUTPUT,
                50L,
                TokenClass.AUDIO_OUT,
                80L));

        assertThat(rates.rate(TokenClass.CACHE_READ)).isEqualTo(10);
        assertThat(rates.rate(TokenClass.CACHE_WRITE_1H)).isEqualTo(12);
        assertThat(rates.rate(TokenClass.IMAGE_IN)).isEqualTo(10);
        assertThat(rates.rate(TokenClass.REASONING)).isEqualTo(50);
        assertThat(rates.rate(TokenClass.AUDIO_OUT)).isEqualTo(80);
        assertThat(new Rates(Map.of(TokenClass.INPUT, 10L)).rate(TokenClass.REASONING))
                .isZero();
    }

    @Test
    void wordsOfProvidersForTheStandardTierAreOne() {
        assertThat(List.of("default", "auto", "Standard", "standard_only", "on_demand", ""))
                .allSatisfy(word -> assertThat(RateBand.tierOf(word)).isEqualTo(RateBand.STANDARD));
        assertThat(RateBand.tierOf("FLEX")).isEqualTo("flex");
        assertThat(RateBand.tierOf("no tier at all\u0000")).isEqualTo(RateBand.STANDARD);
    }

    @Test
    void nothingThatFitsTheBoundsCostsMoreThanTheCeiling() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 5_000; round++) {
            Price price = new Price(1, card(random));
            Map<TokenClass, Long> usage = usage(random);
            long in = sum(usage, true);
            long out = sum(usage, false);
            long ceiling = price.ceilingNano(in + random.nextInt(3), out + random.nextInt(3));
            for (String tier : List.of("", "flex", "priority")) {
                RateBand band = price.band(tier, in);
                long cost = price.card().unitNano().getOrDefault(CountedUnit.REQUESTS, 0L);
                for (Map.Entry<TokenClass, Long> used : usage.entrySet()) {
                    cost += band.rates().amountNano(used.getKey(), used.getValue());
                }
                assertThat(cost).as("seed %d round %d", seed, round).isLessThanOrEqualTo(ceiling);
            }
        }
    }

    @Test
    void theCeilingStaysWithinTheRangeOfALong() {
        Price price = Price.of(1, Currency.USD, Long.MAX_VALUE, Long.MAX_VALUE);

        assertThat(price.ceilingNano(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Price.HIGHEST_CEILING_NANO);
        assertThat(Price.of(1, Currency.USD, 0, 0).ceilingNano(1_000_000, 1_000_000))
                .isZero();
    }

    @Test
    void onlyACardWithoutAnyRateIsFree() {
        assertThat(Price.of(1, Currency.USD, 0, 0).isFree()).isTrue();
        assertThat(Price.of(1, Currency.USD, 0, 1).isFree()).isFalse();
        assertThat(new RateCard(
                                Currency.USD,
                                List.of(new RateBand("", 0, Rates.of(0, 0))),
                                Map.of(CountedUnit.SEARCHES, 1L))
                        .isFree())
                .isFalse();
    }

    @Test
    void aCardThatIsNoneIsRefused() {
        RateBand base = new RateBand("", 0, SHORT);
        assertThatThrownBy(() -> new RateCard(Currency.USD, List.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RateCard(Currency.USD, List.of(base, base), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RateCard(Currency.USD, List.of(new RateBand("flex", 0, FLEX)), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rates.of(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RateBand("Flex!", 0, FLEX)).isInstanceOf(IllegalArgumentException.class);
    }

    private static RateCard card(RandomGenerator random) {
        List<RateBand> bands = List.of(
                new RateBand("", 0, rates(random)),
                new RateBand("", 1 + random.nextLong(1L << random.nextInt(1, 22)), rates(random)),
                new RateBand("flex", 0, rates(random)),
                new RateBand("priority", 128_000, rates(random)));
        return new RateCard(Currency.CNY, bands, Map.of(CountedUnit.REQUESTS, random.nextLong(1000)));
    }

    private static Rates rates(RandomGenerator random) {
        Map<TokenClass, Long> rates = new EnumMap<>(TokenClass.class);
        for (TokenClass tokenClass : TokenClass.values()) {
            if (random.nextBoolean()) {
                rates.put(tokenClass, random.nextLong(1L << random.nextInt(1, 40)));
            }
        }
        return new Rates(rates);
    }

    private static Map<TokenClass, Long> usage(RandomGenerator random) {
        Map<TokenClass, Long> usage = new EnumMap<>(TokenClass.class);
        for (TokenClass tokenClass : TokenClass.values()) {
            usage.put(tokenClass, random.nextLong(1L << random.nextInt(1, 20)));
        }
        return usage;
    }

    private static long sum(Map<TokenClass, Long> usage, boolean input) {
        return usage.entrySet().stream()
                .filter(used -> used.getKey().isInput() == input)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
