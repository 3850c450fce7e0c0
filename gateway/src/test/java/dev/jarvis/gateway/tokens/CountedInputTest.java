package dev.jarvis.gateway.tokens;

import dev.jarvis.gateway.catalog.AuthScheme;
import dev.jarvis.gateway.catalog.Deployment;
import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.limit.InputBound;
import dev.jarvis.gateway.limit.InputCount;
import dev.jarvis.platform.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class CountedInputTest {
    private static final long SEED = 20_261_124;

    /** OpenAI's example in its cookbook, with what its API counted. */
    private static final String COOKBOOK = """
            {"model": "m", "messages": [
            {"role": "system", "content": "You are a helpful, pattern-following assistant that translates corporate jargon into plain English."},
            {"role": "system", "name": "example_user", "content": "New synergies will help drive top-line growth."},
            {"role": "system", "name": "example_assistant", "content": "Things working well together will increase revenue."},
            {"role": "system", "name": "example_user", "content": "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage."},
            {"role": "system", "name": "example_assistant", "content": "Let's talk later when we're less busy about how to do better."},
            {"role": "user", "content": "This late pivot means we don't have time to boil the ocean for the client deliverable."}]}
            """;

    @ParameterizedTest
    @CsvSource({"gpt-4o, 124", "gpt-4o-mini, 124", "gpt-3.5-turbo, 129", "gpt-4-0613, 129"})
    void b10_coversWhatOpenAiCountedOfItsOwnExample(String model, long actual) {
        long high = high(model("openai", model, false), COOKBOOK).orElseThrow();

        assertThat(high).isBetween(actual, actual * 8 / 5);
    }

    /** Code, CJK, emoji, base64, spaces: the bounds cover what the tokenizers count, and by half too much at the most. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "gpt-4"})
    void b10_coversFiveThousandTexts(String name) {
        Random random = new Random(SEED);
        Model model = model("openai", name, false);
        Tokenizer tokenizer = Tokenizer.of(model.deployment()).orElseThrow();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            String text = text(random, i % 6);
            long actual = 7 + tokenizer.count("user") + tokenizer.count(text);
            String body = body(text);

            assertThat(Slice.of(body).length() + InputBound.TEMPLATE_TOKENS).isGreaterThanOrEqualTo(actual);
            long high = high(model, body).orElseThrow();
            assertThat(high).as("%s, text %d", name, i).isGreaterThanOrEqualTo(actual);
            ratios.add((double) high / actual);
        }
        ratios.sort(null);
        assertThat(ratios.get(ratios.size() / 2)).isLessThanOrEqualTo(1.6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\": [], \"tools\": [{}]}",
                "{\"messages\": [], \"response_format\": {\"type\": \"json_object\"}}",
                "{\"messages\": [], \"something_new\": 1}",
                "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": {\"url\": \"x\"}}]}]}",
                "{\"messages\": [{\"role\": \"assistant\", \"tool_calls\": [{}]}]}",
                "{\"messages\": [{\"role\": \"user\", \"content\": {\"text\": \"x\"}}]}",
            })
    void whatIsMoreThanTextIsNotCounted(String body) {
        assertThat(high(model("openai", "gpt-4o", true), body)).isEmpty();
    }

    @Test
    void withoutItsTokenizerAModelWithEyesIsBoundByBytesWhereNoPictureComes() {
        String body = body("hello");

        assertThat(high(model("other", "gpt-4o", true), body)).hasValue(body.length() + InputBound.TEMPLATE_TOKENS);
        assertThat(CountedInput.of(model("other", "gpt-4o", false), Slice.of(body), body.length()))
                .isSameAs(InputCount.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4o-2024-08-06, O200K",
        "azure, gpt-4.1-nano, O200K",
        "OpenAI, o3-mini, O200K",
        "openai, gpt-5, O200K",
        "openai, gpt-4-turbo-2024-04-09, CL100K",
        "openai, gpt-4, CL100K",
        "openai, gpt-4x, ",
        "openai, o33, ",
        "openai, claude-3, ",
        "deepseek, gpt-4o, ",
    })
    void knowsTokenizersByNameAtProvidersWhoseNamesMeanThem(String provider, String model, Tokenizer tokenizer) {
        assertThat(Tokenizer.of(model(provider, model, false).deployment())).isEqualTo(Optional.ofNullable(tokenizer));
    }

    @Test
    void whatIsTooLongIsLeftToItsBytes() {
        String body = body("x".repeat(512 * 1024));

        assertThat(CountedInput.of(model("openai", "gpt-4o", true), Slice.of(body), body.length()))
                .isSameAs(InputCount.NONE);
    }

    private static String text(Random random, int kind) {
        int length = 40 + random.nextInt(400);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            switch (kind) {
                case 0 ->
                    text.append("for (int i = 0; i < n")
                            .append(random.nextInt(100))
                            .append("; i++) { x[i] += y; }\n");
                case 1 -> text.appendCodePoint(0x4e00 + random.nextInt(0x5000));
                case 2 -> text.appendCodePoint(0x1f300 + random.nextInt(0x400));
                case 3 -> {
                    byte[] bytes = new byte[48];
                    random.nextBytes(bytes);
                    text.append(Base64.getEncoder().encodeToString(bytes));
                }
                case 4 -> text.append(" \n\t".charAt(random.nextInt(3)));
                default ->
                    text.append("The quick brown fox jumps over dog number ")
                            .append(random.nextInt())
                            .append(". ");
            }
        }
        return text.toString();
    }

    private static String body(String text) {
        return Json.MAPPER.writeValueAsString(
                Map.of("model", "m", "messages", List.of(Map.of("role", "user", "content", text))));
    }

    private static OptionalLong high(Model model, String body) {
        Slice bytes = Slice.of(body);
        return CountedInput.of(model, bytes, bytes.length()).high();
    }

    private static Model model(String provider, String upstream, boolean vision) {
        return new Model(
                "m",
                "M",
                "text",
                "text",
                "",
                vision,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Instant.EPOCH,
                new Deployment(
                        new UUID(1, 1),
                        provider,
                        URI.create("http://127.0.0.1:1/"),
                        new AuthScheme.Bearer(),
                        KeyMode.SINGLE,
                        upstream,
                        List.of(),
                        false));
    }
}
