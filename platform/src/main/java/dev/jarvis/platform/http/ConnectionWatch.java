package dev.jarvis.platform.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

import java.time.Duration;
import java.util.Map;

/**
 * What one connection waits for: nothing while a request is served, the rest of a head once its first byte is there, or
 * the next request. Belongs to the connection's event loop.
 *
 * <p>A client that closes its sending side in the middle of a body can still read that this was no request (RFC 9112 §8). In
 * all other places a FIN means that it is gone, and the connection is closed, unless somebody {@linkplain
 * HttpDoor#KEPT_HALF_CLOSED knows better}.
 */
final class ConnectionWatch {
    private static final Refusal INCOMPLETE = new Refusal(
            400,
            "invalid_request_error",
            "incomplete_body",
            "The connection's sending side was closed before the request's body was complete.",
            null,
            Map.of());

    private final Channel channel;

    /** Requests whose answer has not been written whole. */
    private int served;

    /** The head of a request has come and the end of its body has not. */
    private boolean receiving;

    /** The head of an answer has been written and its end has not. */
    private boolean answering;

    private boolean headBegun = true;
    private long waitingSince = System.nanoTime();

    private ConnectionWatch(Channel channel) {
        this.channel = channel;
    }

    /**
     * Watches a connection that was just opened; its first head has begun, as far as the clock is concerned.
     *
     * @param http the handler that takes decoded messages
     */
    static ConnectionWatch on(ChannelHandlerContext http) {
        ConnectionWatch watch = new ConnectionWatch(http.channel());
        http.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        http.pipeline().addFirst(watch.new Bytes()).addBefore(http.name(), null, watch.new Messages());
        return watch;
    }

    Channel channel() {
        return channel;
    }

    boolean awaitsHeadFor(Duration limit, long now) {
        return served == 0 && headBegun && now - waitingSince > limit.toNanos();
    }

    boolean isIdleFor(Duration limit, long now) {
        return served == 0 && !headBegun && now - waitingSince > limit.toNanos();
    }

    private final class Bytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (served == 0 && !headBegun) {
                headBegun = true;
                waitingSince = System.nanoTime();
            }
            context.fireChannelRead(bytes);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                if (receiving && !answering) {
                    BareAnswer.refuse(channel, INCOMPLETE);
                    return;
                }
                if (!channel.hasAttr(HttpDoor.KEPT_HALF_CLOSED)) {
                    channel.close();
                    return;
                }
            }
            context.fireUserEventTriggered(event);
        }
    }

    private final class Messages extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                served++;
                headBegun = false;
                receiving = true;
            }
            if (message instanceof LastHttpContent) {
                receiving = false;
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof HttpResponse answer && answer.status().code() >= 200) {
                answering = true;
            }
            // Answers that are not the last (100 Continue) are written without a last piece.
            if (message instanceof LastHttpContent && served > 0) {
                served--;
                answering = false;
                waitingSince = System.nanoTime();
            }
            context.write(message, promise);
        }
    }
}
