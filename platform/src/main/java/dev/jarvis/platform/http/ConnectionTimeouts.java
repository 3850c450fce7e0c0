package dev.jarvis.platform.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

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

    private static final Refusal SLOW_HEAD = new Refusal(
            408, "invalid_request_error", "request_timeout", "The request's head took too long.", null, Map.of());

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
        connection.exceptionHandler(reset -> {}); // clients that hang up are told of by the request's own handlers
        ConnectionWatch watch = ConnectionWatch.on(base.channelHandlerContext());
        watches.add(watch);
        watch.channel().closeFuture().addListener(closed -> watches.remove(watch));
    }

    private void sweep() {
        long now = System.nanoTime();
        for (ConnectionWatch watch : List.copyOf(watches)) {
            if (watch.awaitsHeadFor(headLimit, now)) {
                watches.remove(watch);
                BareAnswer.refuse(watch.channel(), SLOW_HEAD);
            } else if (watch.isIdleFor(idleLimit, now)) {
                watches.remove(watch);
                watch.channel().close();
            }
        }
    }
}
