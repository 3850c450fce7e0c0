package dev.jarvis.platform.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;

import java.time.Duration;

/**
 * What one connection waits for: nothing while a request is served, the rest of a head once its first byte is there, or
 * the next request. Belongs to the connection's event loop.
 */
final class ConnectionWatch {
    private final Channel channel;

    /** Requests whose answer has not been written whole. */
    private int served;

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
    }

    private final class Messages extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                served++;
                headBegun = false;
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            // Answers that are not the last (100 Continue) are written without a last piece.
            if (message instanceof LastHttpContent && served > 0) {
                served--;
                waitingSince = System.nanoTime();
            }
            context.write(message, promise);
        }
    }
}
