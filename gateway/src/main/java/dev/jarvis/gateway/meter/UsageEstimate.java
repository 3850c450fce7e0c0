package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.limit.InputBound;

/**
 * Tokens of an attempt whose provider never told: a point, and bounds that contain the truth.
 *
 * <p>The point counts four bytes of ASCII to a token, and 0.7 tokens to a character of three bytes outside it: what the
 * public vocabularies of 2024 and later make of English and Chinese text. The bounds need no such averages: a token is
 * at least one byte of text, and the longest token of o200k_base and cl100k_base is a run of 128 spaces.
 *
 * @param point never without output when text was delivered
 */
record UsageEstimate(TokenUsage point, TokenBounds bounds) {
    /** Bytes of the longest known token. */
    static final long MAX_TOKEN_BYTES = 128;

    private static final long ASCII_BYTES_PER_TOKEN = 4;

    /** Of an attempt that was worked on, from what was delivered of it. */
    static UsageEstimate of(OpenedAttempt attempt, Delivered delivered) {
        boolean started = delivered.events() > 0 || delivered.contentBytes() > 0;
        long inputLow = started ? 1 : 0;
        long outputLow = started ? Math.max(1, ceilDiv(delivered.contentBytes(), MAX_TOKEN_BYTES)) : 0;
        TokenBounds bounds = bounds(attempt, delivered, inputLow, outputLow);
        long input = ceilDiv(attempt.requestBytes(), ASCII_BYTES_PER_TOKEN);
        long output = outputPoint(delivered);
        TokenUsage point = TokenUsage.of(
                Math.clamp(input, bounds.inputLow(), bounds.inputHigh()),
                Math.clamp(output, bounds.outputLow(), bounds.outputHigh()));
        return new UsageEstimate(point, bounds);
    }

    /** Of an attempt that may never have been worked on: nothing, up to all that it could have been. */
    static UsageEstimate unanswered(OpenedAttempt attempt) {
        return new UsageEstimate(TokenUsage.NONE, bounds(attempt, Delivered.NOTHING, 0, 0));
    }

    /** What is certain of it: the low bounds. */
    TokenUsage low() {
        return TokenUsage.of(bounds.inputLow(), bounds.outputLow());
    }

    private static TokenBounds bounds(OpenedAttempt attempt, Delivered delivered, long inputLow, long outputLow) {
        long uncapped = InputBound.LONGEST_WINDOW + delivered.contentBytes();
        long outputHigh = Math.max(outputLow, attempt.outputCap().orElse(uncapped));
        return new TokenBounds(inputLow, Math.max(inputLow, attempt.inputHigh()), outputLow, outputHigh);
    }

    private static long outputPoint(Delivered delivered) {
        long ascii = Math.max(0, delivered.contentBytes() - delivered.nonAsciiBytes());
        return ceilDiv(ascii, ASCII_BYTES_PER_TOKEN) + ceilDiv(delivered.nonAsciiBytes() * 7, 30);
    }

    private static long ceilDiv(long bytes, long perToken) {
        return Math.ceilDiv(bytes, perToken);
    }
}
