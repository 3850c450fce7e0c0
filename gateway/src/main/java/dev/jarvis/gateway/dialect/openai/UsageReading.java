package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.chat.TokenUsage;

/** What a {@code usage} member turned out to be. */
sealed interface UsageReading {
    /** Tokens that can be true. */
    record Reported(TokenUsage tokens) implements UsageReading {}

    /** Null, empty or all zero: the provider does not know yet, or never will. */
    record Missing() implements UsageReading {}

    /** Negative, text, absurdly large, or parts larger than their whole: nobody is billed by it. */
    record Implausible() implements UsageReading {}

    UsageReading MISSING = new Missing();
    UsageReading IMPLAUSIBLE = new Implausible();
}
