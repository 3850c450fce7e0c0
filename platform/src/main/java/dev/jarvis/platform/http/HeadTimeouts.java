package dev.jarvis.platform.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections that do not send a whole request head in time (408): a head that trickles in byte by byte holds a
 * connection for as long as its sender likes. Belongs to one event loop.
 *
 * <p>Vert.x shows a connection only once it has a request, and its idle timer counts any byte as life. So this works one
 * level lower, with the connection's Netty channel.
 */
final class HeadTimeouts {
    private final Duration limit;
    private final Map<HttpConnection, Future<?>> waiting = new IdentityHashMap<>();

    HeadTimeouts(Duration limit) {
        this.limit = limit;
    }

    /** A connection was opened. */
    void opened(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            return;
        }
        Channel channel = base.channelHandlerContext().channel();
        Future<?> timer = channel.eventLoop()
                .schedule(() -> expire(connection, channel), limit.toMillis(), TimeUnit.MILLISECONDS);
        waiting.put(connection, timer);
        channel.closeFuture().addListener(closed -> headArrived(connection));
    }

    /** The connection's first request head is there. */
    void headArrived(HttpConnection connection) {
        if (waiting.isEmpty()) {
            return;
        }
        Future<?> timer = waiting.remove(connection);
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void expire(HttpConnection connection, Channel channel) {
        waiting.remove(connection);
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
                java.nio.CharBuffer.wrap(head + new String(body, StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
        wire.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }
}
