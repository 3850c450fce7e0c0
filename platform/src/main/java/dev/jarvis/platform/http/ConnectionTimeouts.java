package dev.jarvis.platform.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Closes connections that hold a place for nothing: one that does not send a whole request head in time (408), for a head
 * that trickles in byte by byte holds a connection for as long as its sender likes; and one that is open without a request
 * for longer than a client keeps it. Belongs to one event loop.
 *
 * <p>Vert.x shows a connection only once it has a request, and its idle timer counts any byte as life and a slow answer as
 * idleness. So this works one level lower, with the connection's Netty channel.
 */
final class ConnectionTimeouts {
    private static final int SWEEPS_WITHIN_A_LIMIT = 10;

    private final Duration headLimit;
    private final Duration idleLimit;
    private final Set<ConnectionWatch> watches = new HashSet<>();

    private ConnectionTimeouts(Duration headLimit, Duration idleLimit) {
        this.headLimit = headLimit;
        this.idleLimit = idleLimit;
    }

    /**
     * Timeouts for the connections of the loop that this is called on.
     *
     * @param headLimit from the first byte of a request's head, or the opening of the connection, to the head's end
     * @param idleLimit from the end of an answer to the first byte of the next request
     */
    static ConnectionTimeouts start(Vertx vertx, Duration headLimit, Duration idleLimit) {
        ConnectionTimeouts timeouts = new ConnectionTimeouts(headLimit, idleLimit);
        vertx.setPeriodic(Math.max(1, headLimit.toMillis() / SWEEPS_WITHIN_A_LIMIT), timer -> timeouts.sweep());
        return timeouts;
    }

    /** A connection was opened. */
    void opened(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            return;
        }
        ConnectionWatch watch = ConnectionWatch.on(base.channelHandlerContext());
        watches.add(watch);
        watch.channel().closeFuture().addListener(closed -> watches.remove(watch));
    }

    private void sweep() {
        long now = System.nanoTime();
        for (ConnectionWatch watch : List.copyOf(watches)) {
            if (watch.awaitsHeadFor(headLimit, now)) {
                watches.remove(watch);
                refuse(watch.channel());
            } else if (watch.isIdleFor(idleLimit, now)) {
                watches.remove(watch);
                watch.channel().close();
            }
        }
    }

    private static void refuse(Channel channel) {
        String requestId = RequestId.next();
        byte[] body = ErrorBody.of(
                new Refusal(
                        408,
                        "invalid_request_error",
                        "request_timeout",
                        "The request's head took too long.",
                        null,
                        Map.of()),
                requestId);
        String head =
                "HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n"
                        + Doorman.REQUEST_ID + ": " + requestId + "\r\ncontent-length: " + body.length + "\r\n\r\n";
        ChannelHandlerContext wire = channel.pipeline().firstContext();
        ByteBuf answer = ByteBufUtil.encodeString(
                channel.alloc(),
                CharBuffer.wrap(head + new String(body, StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
        wire.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }
}
