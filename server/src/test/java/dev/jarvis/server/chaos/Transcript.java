package dev.jarvis.server.chaos;

import java.util.concurrent.CompletableFuture;

/** What one client got to see of one stream. */
final class Transcript {
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final long begunAt = System.nanoTime();
    private volatile long answeredAt;
    private volatile long doneAt;
    private volatile String requestId = "";
    private volatile int status;
    private volatile int events;
    private volatile boolean done;
    private volatile boolean error;

    void head(int code, String request) {
        answeredAt = System.nanoTime();
        status = code;
        requestId = request;
    }

    /** Only by the client's own thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void line(String line) {
        if (!line.isEmpty()) {
            events++;
        }
        if (line.equals("data: [DONE]")) {
            doneAt = System.nanoTime();
            done = true;
        }
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

    /** When the head of the answer came, by {@link System#nanoTime}. */
    long answeredAt() {
        return answeredAt;
    }

    /** When {@code [DONE]} came, by the same clock. */
    long doneAt() {
        return doneAt;
    }

    /** From asking to the head of the answer, in nanoseconds. */
    long waited() {
        return answeredAt - begunAt;
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
