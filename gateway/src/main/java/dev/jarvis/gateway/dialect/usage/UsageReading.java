package dev.jarvis.gateway.dialect.usage;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.platform.money.CountedUnit;

import java.util.Map;
import java.util.Optional;

/** What a provider's report of usage turned out to be. */
public sealed interface UsageReading {
    /**
     * Tokens that can be true.
     *
     * @param units what is charged by the piece
     * @param serviceTier that served the request, in the provider's word, where the report has it
     */
    record Reported(TokenUsage tokens, Map<CountedUnit, Long> units, Optional<String> serviceTier)
            implements UsageReading {
        public Reported {
            units = Map.copyOf(units);
        }

        public Reported(TokenUsage tokens) {
            this(tokens, Map.of(), Optional.empty());
        }
    }

    /** Null, empty or all zero: the provider does not know yet, or never will. */
    record Missing() implements UsageReading {}

    /** Negative, text, absurdly large, or parts larger than their whole: nobody is billed by it. */
    record Implausible() implements UsageReading {}

    UsageReading MISSING = new Missing();
    UsageReading IMPLAUSIBLE = new Implausible();
}
