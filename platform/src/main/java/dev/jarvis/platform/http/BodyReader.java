package dev.jarvis.platform.http;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Reads a request body whole, up to a limit. A body over it is refused at once and its rest thrown away as it comes:
 * closing the connection under a client that is still sending would reset it, and the client would never read why.
 */
public final class BodyReader {
    private final long limit;
    private final Promise<Buffer> promise;
    private final Buffer body;
    private boolean over;

    private BodyReader(long limit, int expected) {
        this.limit = limit;
        this.promise = Promise.promise();
        this.body = Buffer.buffer(expected);
    }

    /**
     * Takes over the request's handlers; call it on the request's event loop. Sends {@code 100 Continue} when the client
     * waits for it.
     *
     * @param limit in bytes
     * @return the body, or a {@link Refusal}: 413 {@code payload_too_large}, 400 {@code incomplete_body},
     *     {@code bad_framing}
     */
    public static Future<Buffer> read(HttpServerRequest request, long limit) {
        long declared = declaredLength(request);
        if (declared > limit) {
            request.resume();
            return Future.failedFuture(tooLarge(limit));
        }
        BodyReader reader = new BodyReader(limit, declared < 0 ? 1024 : (int) declared);
        request.handler(reader::take);
        request.endHandler(end -> reader.promise.tryComplete(reader.body));
        request.exceptionHandler(failure -> reader.promise.tryFail(cut(failure)));
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
        request.resume();
        return reader.promise.future();
    }

    private void take(Buffer part) {
        if (over) {
            return;
        }
        if (body.length() + (long) part.length() > limit) {
            over = true;
            promise.tryFail(tooLarge(limit));
            return;
        }
        body.appendBuffer(part);
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
