package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.meter.Delivered;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the meter needs of a whole JSON answer.
 *
 * @param isJson whether the answer is a JSON object at all; if not, all the rest is empty
 * @param usage in disjoint classes, where it is reported and plausible
 * @param sawImplausibleUsage usage was reported and cannot be true
 * @param isComplete it has at least one choice, and each has a finish reason
 * @param servedTier the service tier in the provider's word
 * @param error of an answer that has one despite its 200
 */
public record ChatAnswer(
        boolean isJson,
        Optional<TokenUsage> usage,
        boolean sawImplausibleUsage,
        boolean isComplete,
        Optional<String> servedModel,
        Optional<String> servedTier,
        Optional<String> upstreamId,
        Delivered delivered,
        Optional<ProviderError> error) {

    /**
     * @param choices how many the request asked for
     * @param maxTokens of the request: usage far beyond it is not believed
     */
    public static ChatAnswer read(Slice json, int choices, OptionalLong maxTokens) {
        CompletionScan scan = new CompletionScan();
        if (!scan.read(json)) {
            return new ChatAnswer(
                    false,
                    Optional.empty(),
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Delivered.NOTHING,
                    Optional.empty());
        }
        UsageTally tally = new UsageTally(new AnswerCap(choices, maxTokens));
        tally.add(scan.usage);
        GeneratedText text = scan.generated();
        return new ChatAnswer(
                true,
                tally.usage(),
                tally.sawImplausible(),
                !scan.seen.isEmpty() && scan.finished.equals(scan.seen),
                ChatStreamTap.unlessEmpty(scan.model),
                ChatStreamTap.unlessEmpty(scan.serviceTier),
                ChatStreamTap.unlessEmpty(scan.id),
                new Delivered(text.isAny() ? 1 : 0, text.bytes(), text.nonAsciiBytes()),
                scan.hasError ? ProviderError.read(json) : Optional.empty());
    }
}
