package dev.jarvis.server.chaos;

import java.util.concurrent.CompletableFuture;

/** What one client got to see of one stream. */
final class Transcript {
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile String requestId = "";
    private volatile int status;
    private volatile int events;
    private volatile boolean done;
    private volatile boolean error;

    void head(int code, String request) {
        status = code;
        requestId = request;
    }

    /** Only by the client's own thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void line(String line) {
        if (!line.isEmpty()) {
            events++;
        }
        done |= line.equals("data: [DONE]");
        error |= line.startsWith("data: {\"error\"");
    }

    void end() {
        ended.complete(null);
    }

    void awaitEnd() {
        ended.join();
    }

    /** {@code x-request-id} of the answer; empty if none came. */
    String requestId() {
        return requestId;
    }

    /** 0: no answer came. */
    int status() {
        return status;
    }

    boolean hasBegun() {
        return events > 0;
    }

    boolean sawDone() {
        return done;
    }

    boolean sawError() {
        return error;
    }
}
