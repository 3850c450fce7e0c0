package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.openai.StreamText;
import dev.jarvis.platform.http.ConnectionWatch;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The client's side of an exchange. What is written within one turn of the event loop goes out as one buffer and one
 * flush; how much may wait for a slow client is bounded.
 */
final class ClientSide {
    /** What may wait for a client before reading from the provider stops. */
    private static final int MOST_WAITING = 64 * 1024;

    /** How long nothing is written before it is looked, and again and again, whether the client has reset the connection. */
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private static final Slice HEARTBEAT = Slice.of(StreamText.heartbeat());

    /** Hears what the client does. */
    interface Listener {
        /** The connection is gone. Not called once the answer is complete. */
        void clientGone();

        /** More waits for the client than may. */
        void clientFull();

        /** The client has taken what waited. */
        void clientDrained();

        /** The client has taken nothing for too long. */
        void clientStalled();

        /** Nothing more will go to the client: it has everything, or is gone. */
        void clientServed();
    }

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context loop;
    private final Listener listener;
    private final ConnectionWatch connection;
    private final List<Slice> batch = new ArrayList<>();
    private boolean flushing;
    private boolean full;
    private boolean gone;
    private boolean ended;
    private boolean written;
    private long lastWrite = System.nanoTime();
    private long lookedAt = lastWrite;
    private long waiting;
    private long waitingSince;

    ClientSide(HttpServerRequest request, Context loop, Listener listener) {
        this.request = request;
        this.response = request.response();
        this.loop = loop;
        this.listener = listener;
        this.connection = ConnectionWatch.of(request);
        connection.hear(this::inputShut);
        response.setWriteQueueMaxSize(MOST_WAITING);
        response.drainHandler(drained -> taken());
        response.closeHandler(closed -> left());
        response.exceptionHandler(failure -> {});
        gone = response.closed();
    }

    private void inputShut() {
        if (hasBegun()) {
            Presence.probe(loop, this::probe);
        } else {
            Presence.probeLater(loop, this::probe);
        }
    }

    private boolean probe() {
        if (gone || ended) {
            return false;
        }
        if (!hasBegun()) {
            return Presence.continues(request);
        }
        write(HEARTBEAT);
        return true;
    }

    boolean isGone() {
        return gone;
    }

    /** Whether status and headers went out: what happens from there on can only be told in the stream. */
    boolean hasBegun() {
        return response.headWritten() || ended;
    }

    /** Whether the answer has been given over whole to the network. */
    boolean isWritten() {
        return written;
    }

    /** When something last went out, by {@link System#nanoTime}. */
    long lastWrite() {
        return lastWrite;
    }

    HttpServerRequest request() {
        return request;
    }

    /** Sends status and headers of a stream. */
    void beginStream(Map<CharSequence, CharSequence> headers) {
        if (gone || hasBegun()) {
            return;
        }
        response.setStatusCode(200);
        headers.forEach(response::putHeader);
        if (request.version() == HttpVersion.HTTP_1_0) {
            // Knows no chunks: the connection's end is the stream's. Vert.x leaves them out if the head goes with the
            // first bytes.
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        } else {
            response.setChunked(true).writeHead();
        }
        lastWrite = System.nanoTime();
    }

    /** Writes a comment, which clients skip, where nothing else has been to write for long. */
    void beat() {
        if (!full) {
            write(HEARTBEAT);
        }
    }

    /** Writes with the next flush, at the end of this turn of the loop. Neighbours in one array go out as one piece. */
    @SuppressWarnings("ReferenceEquality")
    void write(Slice piece) {
        if (gone || ended || piece.length() == 0) {
            return;
        }
        Slice last = batch.isEmpty() ? null : batch.getLast();
        if (last != null && last.array() == piece.array() && last.end() == piece.offset()) {
            batch.set(batch.size() - 1, new Slice(last.array(), last.offset(), last.length() + piece.length()));
        } else {
            batch.add(piece);
        }
        if (!flushing) {
            flushing = true;
            loop.runOnContext(turn -> flush());
        }
    }

    /** Ends a stream with its last bytes. */
    void end(Slice last) {
        write(last);
        if (gone || ended) {
            return;
        }
        ended = true;
        finish(response.end(last()));
    }

    /** Sends a whole answer. */
    void answer(int status, Map<CharSequence, CharSequence> headers, Slice body) {
        if (gone || hasBegun()) {
            return;
        }
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        ended = true;
        finish(response.end(buffer(body)));
    }

    /** Notes that somebody else wrote the whole answer to the response. */
    void answeredElsewhere() {
        ended = true;
        written = true;
    }

    private void finish(Future<Void> sent) {
        lastWrite = System.nanoTime();
        waitingSince = lastWrite;
        sent.onComplete(done -> {
            written = true;
            listener.clientServed();
        });
    }

    private void flush() {
        flushing = false;
        if (gone || ended || batch.isEmpty()) {
            return;
        }
        lastWrite = System.nanoTime();
        response.write(last());
        if (!full && response.writeQueueFull()) {
            full = true;
            waitingSince = lastWrite;
            listener.clientFull();
        }
    }

    /** Writes what there is but its last piece. */
    private Buffer last() {
        List<Slice> pieces = Slice.joined(batch);
        batch.clear();
        for (int i = 0; i < pieces.size() - 1; i++) {
            response.write(buffer(pieces.get(i)));
        }
        return pieces.isEmpty() ? Buffer.buffer() : buffer(pieces.getLast());
    }

    private static Buffer buffer(Slice piece) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(piece.array(), piece.offset(), piece.length()));
    }

    private void taken() {
        if (full) {
            full = false;
            listener.clientDrained();
        }
    }

    private void left() {
        if (gone) {
            return;
        }
        gone = true;
        batch.clear();
        if (!ended) {
            listener.clientGone();
        }
        written = true;
        listener.clientServed();
    }

    /** Looks whether the client is still there, and has not stood still for too long. Called by the loop's one tick. */
    void tick(long now, Duration patience) {
        if (!gone && !written && now - lastWrite >= LOOK_NANOS && now - lookedAt >= LOOK_NANOS) {
            lookedAt = now;
            if (connection.isReset()) {
                connection.cut();
                return;
            }
        }
        if (gone || written || !(full || ended)) {
            return;
        }
        long left = connection.bytesWaiting();
        if (left != waiting) {
            waiting = left;
            waitingSince = now;
        } else if (now - waitingSince >= patience.toNanos()) {
            listener.clientStalled();
        }
    }

    /** Closes the connection whatever still waits to be written. */
    void cut() {
        connection.cut();
    }
}
