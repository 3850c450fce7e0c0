package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.dialect.anthropic.AnthropicUsage;
import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.gemini.GeminiUsage;
import dev.jarvis.gateway.dialect.openai.OpenAiUsage;
import dev.jarvis.gateway.dialect.openai.ResponsesUsage;
import dev.jarvis.gateway.dialect.usage.UsageReading;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.json.Json;
import dev.jarvis.platform.money.CountedUnit;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.RateBand;
import dev.jarvis.platform.money.RateCard;
import dev.jarvis.platform.money.Rates;
import dev.jarvis.platform.money.TokenClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The golden price table: usage as providers report it, a price, and what each line must amount to. Its amounts were worked
 * out with decimal arithmetic from classes and rates that were sorted by hand.
 */
class GoldenPricesTest {
    private static final List<JsonNode> LINES = read();
    private static final Map<String, Price> PRICES = prices();

    record Case(String name, JsonNode json) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return LINES.stream()
                .filter(line -> line.has("case"))
                .map(line -> new Case(line.path("case").asString(), line));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void c19_costsExactlyThis(Case golden) {
        JsonNode json = golden.json();
        UsageReading reading = reading(json.path("dialect").asString(), json.path("usage"));
        assertThat(reading).isInstanceOf(UsageReading.Reported.class);
        UsageReading.Reported reported = (UsageReading.Reported) reading;

        Charge charge = charge(reported, price(json), json.path("asked_for").asString(""));

        List<String> expected = new ArrayList<>();
        for (JsonNode line : json.path("lines")) {
            expected.add(
                    line.path("what").asString() + " " + line.path("quantity").longValue() + " at "
                            + nano(line.path("rate").asString()) + " = "
                            + line.path("nano").longValue());
        }
        assertThat(charge.lines().lines())
                .extracting(line -> line.what().code() + " " + line.quantity() + " at " + line.priceNano() + " = "
                        + line.amountNano())
                .containsExactlyElementsOf(expected);
        assertThat(charge.costNano()).isEqualTo(json.path("total_nano").longValue());
        assertThat(charge.userCostNano()).isEqualTo(charge.costNano());
    }

    /** No request may cost more than was set aside for it. */
    @ParameterizedTest
    @MethodSource("cases")
    void c19_theCeilingIsNotPassed(Case golden) {
        JsonNode json = golden.json();
        UsageReading.Reported reported =
                (UsageReading.Reported) reading(json.path("dialect").asString(), json.path("usage"));
        Price price = price(json);
        long input = reported.tokens().totalInput();
        long searches = reported.units().getOrDefault(CountedUnit.SEARCHES, 0L)
                * price.card().unitNano().getOrDefault(CountedUnit.SEARCHES, 0L);

        assertThat(json.path("total_nano").longValue() - searches)
                .isLessThanOrEqualTo(price.ceilingNano(input, reported.tokens().total() - input));
    }

    @Test
    void c19_hasAtLeastSixtyCasesOfFiveVendors() {
        assertThat(cases().count()).isGreaterThanOrEqualTo(60);
        assertThat(LINES)
                .extracting(line -> line.path("dialect").asString(""))
                .contains("openai_chat", "openai_responses", "anthropic", "gemini");
        for (String vendor : List.of("gpt-", "sonnet-", "gemini-", "deepseek-", "qwen")) {
            assertThat(cases().map(golden -> golden.json().path("at").asString()))
                    .as("prices of %s", vendor)
                    .filteredOn(price -> price.startsWith(vendor))
                    .hasSizeGreaterThanOrEqualTo(3);
        }
    }

    private static Charge charge(UsageReading.Reported reported, Price price, String askedFor) {
        AttemptOpening plain = Samples.opening(Uuid7.next(), Samples.model("m", Optional.of(price), false));
        AttemptOpening opening = new AttemptOpening(
                plain.attemptId(),
                plain.requestId(),
                1,
                plain.caller(),
                plain.model(),
                plain.key(),
                "chat",
                false,
                RateBand.tierOf(askedFor),
                1000,
                plain.outputCap(),
                List.of());
        return Charge.of(
                OpenedAttempt.of(opening),
                Outcome.COMPLETED,
                OptionalInt.of(200),
                Optional.of(reported.tokens()),
                new Delivered(1, 1, 0),
                new Served(Optional.empty(), reported.serviceTier(), reported.units()));
    }

    private static Price price(JsonNode golden) {
        return Objects.requireNonNull(PRICES.get(golden.path("at").asString()));
    }

    private static UsageReading reading(String dialect, JsonNode usage) {
        JsonCursor json = JsonCursor.lenient().reset(Slice.of(usage.toString()));
        return switch (dialect) {
            case "openai_chat" -> OpenAiUsage.read(json);
            case "openai_responses" -> ResponsesUsage.read(json);
            case "anthropic" -> new AnthropicUsage().read(json);
            case "gemini" -> GeminiUsage.read(json);
            default -> throw new IllegalArgumentException(dialect);
        };
    }

    private static Map<String, Price> prices() {
        Map<String, Price> prices = new HashMap<>();
        for (JsonNode line : LINES) {
            if (line.has("price")) {
                List<RateBand> bands = new ArrayList<>();
                bands.add(new RateBand("", 0, rates(line.path("rates"))));
                for (JsonNode tier : line.path("tiers")) {
                    bands.add(new RateBand(
                            tier.path("service_tier").asString(""),
                            tier.path("above_input_tokens").asLong(0),
                            rates(tier.path("rates"))));
                }
                RateCard card = new RateCard(
                        Currency.valueOf(line.path("currency").asString()),
                        bands,
                        amounts(line.path("units"), CountedUnit.class, CountedUnit::of));
                prices.put(line.path("price").asString(), new Price(1, card));
            }
        }
        return prices;
    }

    private static Rates rates(JsonNode json) {
        return new Rates(amounts(json, TokenClass.class, TokenClass::of));
    }

    private static <T extends Enum<T>> Map<T, Long> amounts(
            JsonNode json, Class<T> kind, Function<String, Optional<T>> named) {
        Map<T, Long> amounts = new EnumMap<>(kind);
        json.properties()
                .forEach(entry -> amounts.put(
                        named.apply(entry.getKey()).orElseThrow(),
                        nano(entry.getValue().asString())));
        return amounts;
    }

    private static long nano(String decimal) {
        return new BigDecimal(decimal).movePointRight(9).longValueExact();
    }

    private static List<JsonNode> read() {
        try (InputStream file =
                Objects.requireNonNull(GoldenPricesTest.class.getResourceAsStream("golden-prices.jsonl"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> (JsonNode) Json.MAPPER.readTree(line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
