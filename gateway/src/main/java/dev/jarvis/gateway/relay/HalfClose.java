package dev.jarvis.gateway.relay;

import dev.jarvis.platform.http.HttpDoor;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * Keeps a connection open whose client closed its sending side after the request and still reads (C11). Vert.x has no
 * setting for it: by default Netty closes the whole connection at the client's FIN, which is also what a client sends
 * that went away. With Netty's {@code ALLOW_HALF_CLOSURE} the FIN becomes an event; who went away is then found out by
 * the first bytes that are sent to it, for they come back as a reset.
 */
final class HalfClose extends ChannelInboundHandlerAdapter {
    private static final String NAME = "jarvis-half-close";

    private final ChannelHandlerContext connection;
    private @Nullable Runnable listener;
    private boolean inputShut;

    private HalfClose(ChannelHandlerContext connection) {
        this.connection = connection;
    }

    /** The connection's one; empty where there is no channel to ask (never with Vert.x's own HTTP/1.1 server). */
    static Optional<HalfClose> of(HttpServerRequest request) {
        if (!(request.connection() instanceof HttpServerConnection server)) {
            return Optional.empty();
        }
        ChannelHandlerContext context = server.channelHandlerContext();
        if (context.pipeline().get(NAME) instanceof HalfClose known) {
            return Optional.of(known);
        }
        HalfClose added = new HalfClose(context);
        server.exceptionHandler(reset -> {}); // clients that hang up are told of by the request's own handlers
        context.pipeline().addBefore(context.name(), NAME, added);
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        context.channel().attr(HttpDoor.KEPT_HALF_CLOSED).set(true);
        return Optional.of(added);
    }

    /** From here on a FIN calls the listener instead of closing the connection. */
    void begin(Runnable onInputShut) {
        listener = onInputShut;
    }

    /** The answer is written: nothing keeps a half-closed connection open any more. */
    void end() {
        listener = null;
        if (inputShut) {
            connection.close();
        }
    }

    /** Closes without waiting for what is still to be written: the way out when the client reads nothing. */
    void cut() {
        connection.close();
    }

    /** Shrinks as the client takes what was written. */
    long bytesWaiting() {
        return connection.channel().bytesBeforeWritable();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            inputShut = true;
            if (listener == null) {
                connection.close();
            } else {
                listener.run();
            }
        }
        context.fireUserEventTriggered(event);
    }
}
