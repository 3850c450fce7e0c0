package dev.jarvis.testkit.provider;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/**
 * The reading side of a connection, watched while the other side is being answered: a close is noticed at once and not
 * at the next write. A byte that arrives meanwhile is kept for the next request.
 */
final class Peer {
    /** What the other side did while it was being answered. */
    sealed interface Event {
        record SentMore(int firstByte) implements Event {}

        record Closed() implements Event {}

        record Reset() implements Event {}

        /** The provider itself was stopped. */
        record Stopped() implements Event {}
    }

    private final InputStream in;
    private @Nullable CompletableFuture<Event> watched;
    private int pushedBack = -1;

    Peer(InputStream in) {
        this.in = in;
    }

    /** Starts watching; {@link #read} must not be called until {@link #endWatch}. */
    CompletableFuture<Event> watch() {
        CompletableFuture<Event> next = new CompletableFuture<>();
        watched = next;
        Thread.ofVirtual().name("scripted-provider-watch").start(() -> next.complete(look()));
        return next;
    }

    private Event look() {
        try {
            int b = in.read();
            return b < 0 ? new Event.Closed() : new Event.SentMore(b);
        } catch (IOException reset) {
            return new Event.Reset();
        }
    }

    /** Waits for the next request's first byte. False if the other side is gone instead. */
    boolean endWatch() {
        if (watched != null && watched.join() instanceof Event.SentMore(int firstByte)) {
            pushedBack = firstByte;
            watched = null;
            return true;
        }
        return false;
    }

    int read() throws IOException {
        int b = pushedBack;
        pushedBack = -1;
        return b >= 0 ? b : in.read();
    }

    byte[] read(int length) throws IOException {
        byte[] bytes = new byte[length];
        int done = 0;
        if (pushedBack >= 0 && length > 0) {
            bytes[done++] = (byte) read();
        }
        int got = in.readNBytes(bytes, done, length - done);
        if (done + got < length) {
            throw new IOException("the body ended early");
        }
        return bytes;
    }
}
