package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.chat.TokenUsage;

import java.util.OptionalLong;

/**
 * The most that a request allows an answer to have, as a check on reported usage.
 *
 * @param choices how many are asked for
 * @param maxTokens of each of them, where the request limits it
 */
record AnswerCap(int choices, OptionalLong maxTokens) {
    /** Stop sequences and the like that some providers count on top: matters where one token is asked for. */
    private static final long SLACK = 16;

    /**
     * Whether the usage can be true: at most twice what was asked for. Reasoning is left out, because several
     * providers limit only the visible answer.
     */
    boolean allows(TokenUsage usage) {
        if (maxTokens.isEmpty() || maxTokens.getAsLong() > Integer.MAX_VALUE) {
            return true;
        }
        return usage.output() + usage.audioOut() <= 2 * maxTokens.getAsLong() * choices + SLACK;
    }
}
