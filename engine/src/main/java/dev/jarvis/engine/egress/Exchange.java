package dev.jarvis.engine.egress;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A request whose answer is read piece by piece, for answers that may last. No more arrives than may be read: a longer answer is
 * broken off. One thread begins and reads; any thread may close it, which ends what the other is waiting for.
 *
 * <p>Whatever hears the answer is attached on the event loop, in the very step that sends the request. Attached afterwards by
 * the thread that begins, it would come too late for an answer that is faster than that thread: nobody would have heard it. And
 * the peer is never held up: what waits in Vert.x while an answer is paused is lost when the peer closes the connection at its end.
 */
public final class Exchange implements AutoCloseable {
    /** What the event loop hands over: a piece, or how it ended. @param fault empty: the answer is complete */
    private record Piece(@Nullable Buffer bytes, Optional<String> fault) {
        static Piece ended(Optional<String> fault) {
            return new Piece(null, fault);
        }
    }

    /** @param headers lower-case names */
    public record Head(int status, Map<String, String> headers) {
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    private final Supplier<Future<HttpClientRequest>> opening;
    private final Buffer body;
    private final long most;
    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private @Nullable HttpClientRequest request;
    private boolean closed;
    private volatile @Nullable HttpClientResponse response;
    private long arrived;
    private boolean over;

    /** @param most bytes of the answer that may be read; of a longer one a little more is */
    Exchange(Supplier<Future<HttpClientRequest>> opening, byte[] body, long most) {
        this.opening = opening;
        this.body = Buffer.buffer(body);
        this.most = most;
    }

    /** Sends the request and waits for the head of the answer. */
    public Head begin(Duration patience) throws NoAnswerException {
        opening.get()
                .compose(this::opened)
                .onFailure(fault -> pieces.add(Piece.ended(Optional.of(GuardedHttp.reason(fault)))));
        // The first piece says that there is a head; closing says that there is none.
        next(patience);
        HttpClientResponse head = response;
        if (head == null) {
            throw new NoAnswerException("connection_broken");
        }
        Map<String, String> headers = new HashMap<>();
        head.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new Head(head.statusCode(), headers);
    }

    private Future<HttpClientResponse> opened(HttpClientRequest opened) {
        synchronized (this) {
            if (!closed) {
                request = opened;
                return opened.send(body).map(this::reading);
            }
        }
        opened.reset();
        return Future.failedFuture("closed");
    }

    private HttpClientResponse reading(HttpClientResponse head) {
        response = head;
        pieces.add(new Piece(Buffer.buffer(), Optional.empty()));
        head.exceptionHandler(fault -> pieces.add(Piece.ended(Optional.of(GuardedHttp.reason(fault)))));
        head.handler(piece -> arrived(head, piece));
        head.endHandler(end -> pieces.add(Piece.ended(Optional.empty())));
        return head;
    }

    private void arrived(HttpClientResponse head, Buffer piece) {
        if (arrived > most) {
            return;
        }
        arrived += piece.length();
        pieces.add(new Piece(piece, Optional.empty()));
        if (arrived > most) {
            pieces.add(Piece.ended(Optional.empty()));
            head.request().reset();
        }
    }

    /** The next piece of the answer; empty at its end, or when there were more bytes than may be read. */
    public Optional<byte[]> next(Duration patience) throws NoAnswerException {
        if (over) {
            return Optional.empty();
        }
        Piece piece = take(patience);
        Buffer bytes = piece.bytes();
        if (bytes == null) {
            over = true;
            if (piece.fault().isPresent()) {
                throw new NoAnswerException(piece.fault().get());
            }
            return Optional.empty();
        }
        return Optional.of(bytes.getBytes());
    }

    private Piece take(Duration patience) throws NoAnswerException {
        try {
            Piece piece = pieces.poll(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
            if (piece == null) {
                throw new TimeoutException();
            }
            return piece;
        } catch (TimeoutException e) {
            throw new NoAnswerException("timeout");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("closed");
        }
    }

    /** Ends it, however far it is. */
    @Override
    public void close() {
        HttpClientRequest open;
        synchronized (this) {
            closed = true;
            open = request;
        }
        pieces.add(Piece.ended(Optional.of("closed"))); // before what the reset says of itself
        if (open != null) {
            open.reset();
        }
    }
}
