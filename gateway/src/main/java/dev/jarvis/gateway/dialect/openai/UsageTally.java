package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.usage.UsageReading;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * The usage of one answer from all that is reported along it: reports are cumulative, so the last plausible one counts.
 * One that is missing or zero never takes an earlier one away.
 */
final class UsageTally {
    private final AnswerCap cap;
    private @Nullable TokenUsage last;
    private boolean implausible;

    UsageTally(AnswerCap cap) {
        this.cap = cap;
    }

    void add(UsageReading reading) {
        switch (reading) {
            case UsageReading.Reported reported when cap.allows(reported.tokens()) -> last = reported.tokens();
            case UsageReading.Reported _, UsageReading.Implausible _ -> implausible = true;
            case UsageReading.Missing _ -> {
                // Nothing to add: the usual case of all chunks but the last.
            }
        }
    }

    Optional<TokenUsage> usage() {
        return Optional.ofNullable(last);
    }

    boolean sawImplausible() {
        return implausible;
    }
}
