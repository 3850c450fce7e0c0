package dev.jarvis.gateway.door;

import dev.jarvis.gateway.dialect.openai.ChatRequest;
import dev.jarvis.gateway.dialect.openai.ChatRequestReader;
import dev.jarvis.platform.http.BodyReader;
import dev.jarvis.platform.http.MediaTypes;
import dev.jarvis.platform.http.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.zip.GZIPInputStream;

/** Reads chat requests: from the wire, out of gzip, into facts. Large ones are worked on away from the event loop. */
final class ChatBodies {
    /** What is scanned on the loop: well under a millisecond. */
    private static final int LARGE = 256 * 1024;

    private final int limit;
    private final Executor blocking;

    /** @param limit of a body in bytes, before and after decompression */
    ChatBodies(int limit, Executor blocking) {
        this.limit = limit;
        this.blocking = blocking;
    }

    /** @return fails with a {@link Refusal} 400, 413 or 415 */
    Future<ChatRequest> read(HttpServerRequest request, Context loop) {
        String type = request.getHeader("content-type");
        if (type == null || !MediaTypes.isJson(type)) {
            return Future.failedFuture(MediaTypes.unsupported());
        }
        String encoding = request.getHeader("content-encoding");
        boolean plain = encoding == null || encoding.equalsIgnoreCase("identity");
        boolean compressed = encoding != null && encoding.equalsIgnoreCase("gzip");
        if (!plain && !compressed) {
            return Future.failedFuture(new Refusal(
                    415,
                    "invalid_request_error",
                    "unsupported_content_encoding",
                    "Send the body as it is, or with 'content-encoding: gzip'.",
                    null,
                    Map.of()));
        }
        return BodyReader.read(request, limit).compose(body -> parse(body, compressed, loop));
    }

    private Future<ChatRequest> parse(byte[] body, boolean compressed, Context loop) {
        if (body.length == 0) {
            return Future.failedFuture(Refusal.badRequest("empty_body", "The request needs a JSON body.", null));
        }
        if (!compressed && body.length <= LARGE) {
            try {
                return Future.succeededFuture(ChatRequestReader.read(body));
            } catch (Refusal refusal) {
                return Future.failedFuture(refusal);
            }
        }
        Promise<ChatRequest> promise = Promise.promise();
        blocking.execute(() -> {
            @Nullable ChatRequest read = null;
            Throwable failure = new IllegalStateException();
            try {
                read = ChatRequestReader.read(compressed ? inflate(body) : body);
            } catch (RuntimeException e) {
                failure = e;
            }
            @Nullable ChatRequest request = read;
            Throwable reason = failure;
            loop.runOnContext(turn -> {
                if (request != null) {
                    promise.complete(request);
                } else {
                    promise.fail(reason);
                }
            });
        });
        return promise.future();
    }

    /** Stops at the limit: a bomb of a few kilobytes unfolds into gigabytes (H20). */
    private byte[] inflate(byte[] body) {
        try (GZIPInputStream inflated = new GZIPInputStream(new ByteArrayInputStream(body), 8 * 1024)) {
            byte[] plain = inflated.readNBytes(limit + 1);
            if (plain.length > limit) {
                throw new Refusal(
                        413,
                        "invalid_request_error",
                        "payload_too_large",
                        "The decompressed request body is over the limit of " + limit + " bytes.",
                        null,
                        Map.of());
            }
            return plain;
        } catch (IOException e) {
            throw Refusal.badRequest("bad_content_encoding", "The body is not well-formed gzip.", null);
        }
    }
}
