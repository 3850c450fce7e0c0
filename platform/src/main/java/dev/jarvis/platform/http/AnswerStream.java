package dev.jarvis.platform.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes a {@link StreamedBody} to a client from a virtual thread, one piece on its way at a time. */
final class AnswerStream extends OutputStream {
    private static final int PIECE = 16 * 1024;
    private static final long PATIENCE_SECONDS = 30;

    private final HttpServerRequest request;
    private final Reply reply;
    private final Context loop;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE);
    private boolean begun;

    AnswerStream(HttpServerRequest request, Reply reply, Context loop) {
        this.request = request;
        this.reply = reply;
        this.loop = loop;
    }

    /** Whether something of the answer is on its way: a refusal comes too late then. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        piece.write(bytes, offset, length);
        if (piece.size() >= PIECE) {
            send(false);
        }
    }

    /** Sends what is there: of a stream of events each is wanted at once. */
    @Override
    public void flush() throws IOException {
        if (piece.size() > 0) {
            send(false);
        }
    }

    @Override
    public void close() throws IOException {
        send(true);
    }

    /** Ends the connection within the answer. */
    void cut() {
        loop.runOnContext(cutting -> request.connection().close());
    }

    private void send(boolean last) throws IOException {
        Buffer buffer = Buffer.buffer(piece.toByteArray());
        piece.reset();
        boolean first = !begun;
        begun = true;
        Promise<Void> written = Promise.promise();
        loop.runOnContext(sending -> write(buffer, first, last).onComplete(written));
        try {
            written.future().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the client does not read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Future<Void> write(Buffer buffer, boolean first, boolean last) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return Future.failedFuture("the client is gone");
        }
        if (first) {
            response.setStatusCode(reply.status())
                    .setChunked(true)
                    .putHeader("cache-control", "no-store")
                    .putHeader("x-content-type-options", "nosniff");
            reply.headers().forEach(response::putHeader);
        }
        return last ? response.end(buffer) : response.write(buffer);
    }
}
