package dev.jarvis.testkit.provider;

import java.time.Instant;

/** A ledger entry while it is still open. Written by the exchange's thread alone. */
final class Attempt {
    private final ReceivedRequest request;
    private final String requestId;
    private final String model;
    private final boolean stream;
    int status;
    boolean terminalWritten;
    private Usage reported = Usage.of(0, 0);
    private boolean usageSent;
    private long generated;
    private long written;

    Attempt(ReceivedRequest request) {
        this.request = request;
        this.requestId = request.header("x-request-id").orElse("");
        this.model = request.model();
        this.stream = request.isStream();
    }

    ReceivedRequest request() {
        return request;
    }

    void generate(long tokens) {
        generated += tokens;
    }

    long generated() {
        return generated;
    }

    void allWritten() {
        written = generated;
    }

    void usageWritten(Usage usage) {
        reported = usage;
        usageSent = true;
    }

    LedgerEntry close(LedgerEntry.Closing closing) {
        return new LedgerEntry(
                request.number(),
                requestId,
                request.keyHint(),
                model,
                stream,
                status,
                reported.prompt(),
                reported.completion(),
                generated,
                written,
                terminalWritten,
                usageSent,
                closing,
                request.at(),
                Instant.now());
    }
}
