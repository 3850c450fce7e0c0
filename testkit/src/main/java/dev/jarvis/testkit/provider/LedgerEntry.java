package dev.jarvis.testkit.provider;

import java.time.Instant;

/**
 * What the provider knows of one attempt: the truth that usage records are compared with.
 *
 * @param number of the request's arrival, from 1
 * @param requestId the {@code x-request-id} it came with; empty if none
 * @param keyHint last four characters of the provider key
 * @param status of the answer; 0 if no head was written
 * @param inputTokens of the usage that was written to the socket; 0 if none was
 * @param outputTokens the same
 * @param tokensGenerated output tokens made, written or not
 * @param tokensWritten output tokens whose bytes the kernel has taken
 * @param terminalWritten {@code [DONE]}, or the last byte of a JSON answer, was written
 * @param usageSent a usage with real numbers was written
 */
public record LedgerEntry(
        int number,
        String requestId,
        String keyHint,
        String model,
        boolean stream,
        int status,
        long inputTokens,
        long outputTokens,
        long tokensGenerated,
        long tokensWritten,
        boolean terminalWritten,
        boolean usageSent,
        Closing closing,
        Instant startedAt,
        Instant endedAt) {

    /** How the exchange ended, seen from the provider. */
    public enum Closing {
        /** The answer was written to its end as scripted. */
        ANSWERED,
        /** The other side closed its half: it gave up. */
        PEER_CLOSED,
        /** The other side reset the connection. */
        PEER_RESET,
        /** The script closed or reset the connection before the answer's end. */
        PROVIDER,
        /** The provider was stopped. */
        STOPPED
    }
}
