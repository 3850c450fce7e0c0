package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.limit.InputBound;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.money.RateBand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

class UsageEstimateTest {
    /** Token counts of o200k_base, counted with jtokkit 1.1.0. */
    @ParameterizedTest
    @CsvSource({
        "'The quick brown fox jumps over the lazy dog.', 10",
        "'Antidisestablishmentarianism', 6",
        "'今天天气很好，我们去公园散步吧。', 12",
        "'😀🎉🚀', 5",
        "'Съешь же ещё этих мягких французских булок, да выпей чаю.', 19",
        "'def f(x):\n    return x * 2\n', 11",
        "'a', 1"
    })
    void t15_boundsContainTheTruth(String text, long tokens) {
        UsageEstimate estimate = UsageEstimate.of(Samples.opened(), delivered(text));

        assertThat(tokens)
                .isBetween(estimate.bounds().outputLow(), estimate.bounds().outputHigh());
        assertThat(estimate.point().output())
                .isBetween(estimate.bounds().outputLow(), estimate.bounds().outputHigh());
    }

    @Test
    void t15_theLongestTokenOfTheVocabularyIsWithinTheBounds() {
        TokenBounds bounds =
                UsageEstimate.of(Samples.opened(), delivered(" ".repeat(128))).bounds();

        assertThat(bounds.outputLow()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'The quick brown fox jumps over the lazy dog, and then it does it once more.', 18",
        "'今天天气很好，我们去公园散步吧。', 12",
        "'大语言模型网关记录每一次调用所使用的令牌数量，并按照价格计算费用，最后把结果写入数据库中供管理员查询。', 32"
    })
    void t15_thePointIsWithinAThirdOfOrdinaryText(String text, long tokens) {
        long point = UsageEstimate.of(Samples.opened(), delivered(text)).point().output();

        assertThat((double) point).isBetween(tokens * 0.66, tokens * 1.34);
    }

    @Test
    void t15_isNeverZeroWhenTextWasDelivered() {
        UsageEstimate estimate = UsageEstimate.of(Samples.opened(), new Delivered(1, 1, 0));

        assertThat(estimate.point().output()).isEqualTo(1);
        assertThat(estimate.bounds().outputLow()).isEqualTo(1);
        assertThat(estimate.point().input()).isEqualTo(250);
        assertThat(estimate.bounds().inputLow()).isEqualTo(1);
        assertThat(estimate.bounds().inputHigh()).isEqualTo(1000 + InputBound.TEMPLATE_TOKENS);
    }

    @Test
    void outputIsAtMostTheCap() {
        UsageEstimate estimate = UsageEstimate.of(Samples.opened(), new Delivered(9, 10_000, 0));

        assertThat(estimate.point().output()).isEqualTo(500);
        assertThat(estimate.bounds().outputHigh()).isEqualTo(500);
    }

    @Test
    void withoutACapOutputIsAtMostTheLongestWindowMore() {
        UsageEstimate estimate = UsageEstimate.of(uncapped(), new Delivered(9, 10_000, 0));

        assertThat(estimate.bounds().outputHigh()).isEqualTo(10_000 + InputBound.LONGEST_WINDOW);
        assertThat(estimate.point().output()).isEqualTo(2_500);
    }

    @Test
    void anImageBehindAShortUrlIsWithinTheBounds() {
        OpenedAttempt seeing =
                OpenedAttempt.of(Samples.opening(Uuid7.next(), Samples.model("eye", Optional.of(Samples.PRICE), true)));

        assertThat(UsageEstimate.of(seeing, new Delivered(1, 4, 0)).bounds().inputHigh())
                .isEqualTo(InputBound.LONGEST_WINDOW);
    }

    @Test
    void anUnansweredAttemptIsNothingUpToAllItCouldBe() {
        UsageEstimate estimate = UsageEstimate.unanswered(Samples.opened());

        assertThat(estimate.point().total()).isZero();
        assertThat(estimate.bounds()).isEqualTo(new TokenBounds(0, 1000 + InputBound.TEMPLATE_TOKENS, 0, 500));
    }

    private static Delivered delivered(String text) {
        long bytes = text.getBytes(StandardCharsets.UTF_8).length;
        long ascii = text.chars().filter(c -> c < 128).count();
        return new Delivered(1, bytes, bytes - ascii);
    }

    private static OpenedAttempt uncapped() {
        AttemptOpening capped = Samples.opening();
        return OpenedAttempt.of(new AttemptOpening(
                capped.attemptId(),
                capped.requestId(),
                1,
                capped.caller(),
                capped.model(),
                capped.key(),
                "chat",
                true,
                RateBand.STANDARD,
                1000,
                OptionalLong.empty(),
                List.of()));
    }
}
