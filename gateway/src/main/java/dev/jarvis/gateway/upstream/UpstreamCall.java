package dev.jarvis.gateway.upstream;

import dev.jarvis.gateway.upstream.UpstreamFailure.Stage;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;

/** One call to a provider, from its connection to its last byte. Belongs to one event loop. */
public final class UpstreamCall {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamCall.class);

    private enum State {
        CONNECTING,
        SENT,
        ANSWERING,
        OVER
    }

    private final Patience patience;
    private final UpstreamListener listener;
    private final List<Buffer> body;
    private State state = State.CONNECTING;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private long since = System.nanoTime();
    private boolean paused;

    UpstreamCall(Patience patience, UpstreamListener listener, List<Buffer> body) {
        this.patience = patience;
        this.listener = listener;
        this.body = body;
    }

    public boolean isOver() {
        return state == State.OVER;
    }

    /** Whether the request has begun to leave: from then on the provider may work on it, and charge for it. */
    public boolean wasSent() {
        return request != null;
    }

    void connectedBy(Future<HttpClientRequest> connecting) {
        connecting.onSuccess(this::send).onFailure(this::unreachable);
    }

    void unreachable(Throwable cause) {
        if (isOver()) {
            return;
        }
        if (cause instanceof ForbiddenAddressException) {
            LOG.atWarn().addKeyValue("reason", cause.getMessage()).log("A provider's address is not allowed");
            fail(new UpstreamFailure(
                    Stage.NOT_SENT, "upstream_forbidden_target", "The provider's address is not allowed."));
            return;
        }
        LOG.atInfo().addKeyValue("reason", cause.toString()).log("A provider could not be reached");
        fail(
                cause instanceof io.netty.channel.ConnectTimeoutException
                        ? connectTimeout()
                        : new UpstreamFailure(
                                Stage.NOT_SENT, "upstream_connect_failed", "The provider could not be reached."));
    }

    private void send(HttpClientRequest ready) {
        if (isOver()) {
            ready.reset();
            return;
        }
        request = ready;
        state = State.SENT;
        since = System.nanoTime();
        ready.response().onSuccess(this::answer).onFailure(this::broken);
        sendBody(ready);
    }

    private void sendBody(HttpClientRequest ready) {
        if (body.isEmpty()) {
            ready.end();
            return;
        }
        if (body.size() > 1) {
            long length = body.stream().mapToLong(Buffer::length).sum();
            ready.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
            body.subList(0, body.size() - 1).forEach(ready::write);
        }
        ready.end(body.getLast());
    }

    private void answer(HttpClientResponse head) {
        if (isOver()) {
            return;
        }
        response = head;
        state = State.ANSWERING;
        progressed();
        head.handler(this::data);
        head.endHandler(end -> end());
        head.exceptionHandler(this::broken);
        listener.answered(head.statusCode(), head.headers());
    }

    private void data(Buffer part) {
        if (!isOver()) {
            listener.data(part);
        }
    }

    private void end() {
        if (!isOver()) {
            state = State.OVER;
            listener.ended();
        }
    }

    private void broken(Throwable cause) {
        if (isOver()) {
            return;
        }
        LOG.atDebug().addKeyValue("reason", cause.toString()).log("A provider's connection broke");
        fail(failureOf(cause, state == State.ANSWERING ? Stage.CUT : Stage.UNANSWERED));
    }

    private static UpstreamFailure failureOf(Throwable cause, Stage stage) {
        if (!(cause instanceof IOException
                || cause instanceof VertxException)) { // the decoder's, and not the connection's
            return new UpstreamFailure(
                    stage,
                    "upstream_protocol_error",
                    "The provider broke the protocol: its answer is not well-formed HTTP.");
        }
        return stage == Stage.CUT
                ? new UpstreamFailure(stage, "upstream_truncated", "The provider's answer stopped before its end.")
                : new UpstreamFailure(stage, "upstream_reset", "The provider closed the connection without an answer.");
    }

    /** Notes that the answer went on: what counts as that is the listener's to say. */
    public void progressed() {
        since = System.nanoTime();
    }

    /** Fires the timers that are due. Called by the loop's one tick. */
    public void tick(long now) {
        if (isOver() || paused) {
            return;
        }
        long waited = now - since;
        switch (state) {
            case CONNECTING -> {
                if (waited >= patience.connect().toNanos()) {
                    fail(connectTimeout());
                }
            }
            case SENT -> {
                if (waited >= patience.firstByte().toNanos()) {
                    fail(new UpstreamFailure(
                            Stage.UNANSWERED, "upstream_first_byte_timeout", "The provider did not answer in time."));
                }
            }
            case ANSWERING -> {
                if (waited >= patience.idle().toNanos()) {
                    fail(new UpstreamFailure(
                            Stage.CUT, "upstream_idle_timeout", "The provider's answer stood still for too long."));
                }
            }
            case OVER -> {}
        }
    }

    private static UpstreamFailure connectTimeout() {
        return new UpstreamFailure(
                Stage.NOT_SENT, "upstream_connect_timeout", "The provider could not be reached in time.");
    }

    private void fail(UpstreamFailure failure) {
        cancel();
        listener.failed(failure);
    }

    /** Stops reading: what the client has not taken yet holds the provider back. */
    public void pause() {
        if (!paused && response != null && !isOver()) {
            paused = true;
            response.pause();
        }
    }

    public void resume() {
        if (paused && response != null) {
            paused = false;
            progressed();
            response.resume();
        }
    }

    /** Ends the call at once; the listener hears no more of it. Its connection is closed, not reused. */
    public void cancel() {
        if (isOver()) {
            return;
        }
        state = State.OVER;
        if (request != null) {
            request.reset();
        }
    }
}
