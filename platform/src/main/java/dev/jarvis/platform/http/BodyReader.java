package dev.jarvis.platform.http;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads a request body whole, up to a limit. A body over it is refused at once and its rest thrown away as it comes:
 * closing the connection under a client that is still sending would reset it, and the client would never read why.
 */
public final class BodyReader {
    /** What a refused body may still send before its connection is closed after all. */
    private static final long MOST_DISCARDED = 64L * 1024 * 1024;

    /** Reserved ahead of a declared length: more only as it comes, since declaring costs its sender nothing. */
    private static final int MOST_RESERVED = 128 * 1024;

    /** How many times what has come is reserved for the rest: a large body moves to a larger place four times at most. */
    private static final long GROWTH = 4;

    /** How long a body may take to come: one that trickles in holds its sender's place for as long as it likes. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final byte[] NOTHING = {};

    private final HttpServerRequest request;
    private final long limit;
    private final long most;
    private final Promise<byte[]> promise = Promise.promise();
    private byte[] body;
    private int length;
    private long discarded;
    private boolean over;

    private BodyReader(HttpServerRequest request, long limit, long declared) {
        this.request = request;
        this.limit = limit;
        this.most = declared < 0 ? limit : declared;
        this.body = new byte[declared < 0 ? 1024 : (int) Math.min(declared, MOST_RESERVED)];
    }

    /**
     * Takes over the request's handlers; call it on the request's event loop. Sends {@code 100 Continue} when the client
     * waits for it.
     *
     * @param limit in bytes
     * @return the body, or a {@link Refusal}: 413 {@code payload_too_large}, 408 {@code request_timeout}, 400
     *     {@code incomplete_body}, {@code bad_framing}
     */
    public static Future<byte[]> read(HttpServerRequest request, long limit) {
        return read(request, limit, PATIENCE);
    }

    static Future<byte[]> read(HttpServerRequest request, long limit, Duration patience) {
        long declared = declaredLength(request);
        BodyReader reader = new BodyReader(request, limit, declared);
        request.handler(reader::take);
        if (declared > limit) {
            reader.refuse();
            request.resume();
            return reader.promise.future();
        }
        request.endHandler(end -> reader.promise.tryComplete(reader.whole()));
        request.exceptionHandler(failure -> reader.promise.tryFail(cut(failure)));
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
        request.resume();
        reader.waitFor(patience);
        return reader.promise.future();
    }

    /** Most bodies come with their head: only what is still missing when this turn of the loop is over needs a timer. */
    private void waitFor(Duration patience) {
        Context loop = Vertx.currentContext();
        if (loop != null && !promise.future().isComplete()) {
            loop.runOnContext(nextTurn -> startTimer(loop, patience));
        }
    }

    private void startTimer(Context loop, Duration patience) {
        if (promise.future().isComplete()) {
            return;
        }
        long timer = loop.owner().setTimer(patience.toMillis(), late -> expire());
        promise.future().onComplete(read -> loop.owner().cancelTimer(timer));
    }

    /** The answer ends the connection: nothing that comes after it is waited for. */
    private void expire() {
        if (promise.future().isComplete()) {
            return;
        }
        over = true;
        body = NOTHING;
        request.response().endHandler(answered -> request.connection().close());
        promise.tryFail(new Refusal(
                408, "invalid_request_error", "request_timeout", "The request's body took too long.", null, Map.of()));
    }

    private void take(Buffer part) {
        if (over) {
            discard(part);
        } else if (length + (long) part.length() > limit) {
            refuse();
        } else {
            int needed = length + part.length();
            if (needed > body.length) {
                body = Arrays.copyOf(body, (int) Math.max(needed, Math.min(most, GROWTH * body.length)));
            }
            part.getBytes(body, length);
            length = needed;
        }
    }

    private byte[] whole() {
        return length == body.length ? body : Arrays.copyOf(body, length);
    }

    private void refuse() {
        over = true;
        body = NOTHING;
        promise.tryFail(tooLarge(limit));
    }

    private void discard(Buffer part) {
        discarded += part.length();
        if (discarded > MOST_DISCARDED) {
            request.connection().close();
        }
    }

    private static long declaredLength(HttpServerRequest request) {
        String header = request.getHeader("content-length");
        if (header == null) {
            return -1;
        }
        try {
            return Long.parseLong(header);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static Refusal tooLarge(long limit) {
        return new Refusal(
                413,
                "invalid_request_error",
                "payload_too_large",
                "The request body is over the limit of " + limit + " bytes.",
                null,
                Map.of());
    }

    private static Refusal cut(@Nullable Throwable failure) {
        return failure instanceof DecoderException || failure instanceof IllegalArgumentException
                ? Refusal.badRequest("bad_framing", "The request body is not framed as HTTP/1.1 requires.", null)
                : Refusal.badRequest("incomplete_body", "The request body ended before it was complete.", null);
    }
}
