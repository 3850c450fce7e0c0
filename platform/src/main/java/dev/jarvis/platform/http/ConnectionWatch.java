package dev.jarvis.platform.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What one connection waits for: nothing while a request is served, the rest of a head once its first byte is there, or
 * the next request. Belongs to the connection's event loop.
 *
 * <p>By default Netty closes the whole connection at the client's FIN, which is what a client sends that went away, and also
 * what one sends that only has nothing more to say. With {@code ALLOW_HALF_CLOSURE} it is an event instead. A client that closes
 * its sending side in the middle of a body can still read that this was no request (RFC 9112 §8). Everywhere else a FIN means
 * that it is gone, unless whoever answers the request {@linkplain #hear asks to be told}.
 */
public final class ConnectionWatch {
    private static final AttributeKey<ConnectionWatch> KEY = AttributeKey.valueOf("jarvis.connection-watch");

    /** A socket's state after a reset, of Linux's {@code tcp_states.h}. */
    private static final int TCP_CLOSE = 7;

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

    /** The client sends nothing more. */
    private boolean inputShut;

    /** Told of the FIN by whoever answers the request that is served. */
    private @Nullable Runnable listener;

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
        http.channel().attr(KEY).set(watch);
        http.pipeline().addFirst(watch.new Bytes()).addBefore(http.name(), null, watch.new Messages());
        return watch;
    }

    /** Of the connection that a request came by. */
    public static ConnectionWatch of(HttpServerRequest request) {
        return Objects.requireNonNull(((HttpServerConnection) request.connection())
                .channelHandlerContext()
                .channel()
                .attr(KEY)
                .get());
    }

    /**
     * From here on, and until the answer to the request is written, the client's FIN calls the listener and does not close the
     * connection; at once, if it has come already. The connection is then closed behind the answer.
     */
    public void hear(Runnable onInputShut) {
        listener = onInputShut;
        if (inputShut) {
            onInputShut.run();
        }
    }

    /** A FIN means again that the client is gone. */
    public void hearNoMore() {
        listener = null;
    }

    /** Closes without waiting for what is still to be written: the way out when the client reads nothing. */
    public void cut() {
        channel.close();
    }

    /**
     * Whether the client has reset the connection. Where half-closing is allowed, no event may tell of a reset while nothing is
     * written; the kernel knows it. Costs a system call.
     */
    public boolean isReset() {
        if (!(channel instanceof EpollSocketChannel socket) || !channel.isOpen()) {
            return false;
        }
        EpollTcpInfo info = new EpollTcpInfo();
        socket.tcpInfo(info);
        return info.state() == TCP_CLOSE;
    }

    /** Shrinks as the client takes what was written. */
    public long bytesWaiting() {
        return channel.bytesBeforeWritable();
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
            if (event instanceof ChannelInputShutdownEvent && !inputShut) {
                if (receiving && !answering && served > 0) {
                    BareAnswer.refuse(channel, INCOMPLETE);
                    return;
                }
                inputShut = true;
                if (listener == null) {
                    channel.close();
                    return;
                }
                listener.run();
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
            if (message instanceof HttpResponse answer) {
                if (answer.status().code() < 200) { // 100 Continue is a whole message, and not the answer
                    context.write(message, promise);
                    return;
                }
                answering = true;
            }
            if (message instanceof LastHttpContent && served > 0) {
                served--;
                answering = false;
                listener = null;
                waitingSince = System.nanoTime();
                if (inputShut && served == 0) {
                    context.write(message, promise.unvoid()).addListener(ChannelFutureListener.CLOSE);
                    return;
                }
            }
            context.write(message, promise);
        }
    }
}
