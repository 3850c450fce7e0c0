package dev.jarvis.gateway.relay;

import dev.jarvis.platform.http.ConnectionWatch;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

import java.util.function.BooleanSupplier;

/**
 * Finds out whether a client that closed its sending side is still there (C11). One that is skips what it is sent: {@code 100
 * Continue} before an answer, a comment within a stream. One that is gone answers with a reset. Only the write after the reset
 * is sure to fail, so there are several.
 */
public final class Presence {
    private static final int PROBES = 3;

    /** Who closes its sending side right away and is answered soon need not be asked: its tools are simple ones. */
    private static final long MILLIS_BEFORE_AN_ANSWER = 1_000;

    private Presence() {}

    /** For a request that is still being admitted: a client that is found to be gone has its response closed. */
    public static void watch(HttpServerRequest request, Context loop) {
        ConnectionWatch.of(request).hear(() -> probeLater(loop, () -> continues(request)));
    }

    /**
     * Writes to the client several times.
     *
     * @param write answers whether there is anything left to find out
     */
    static void probe(Context loop, BooleanSupplier write) {
        loop.runOnContext(turn -> probe(loop, write, PROBES));
    }

    /** The same after a while, in which the answer may have come. */
    static void probeLater(Context loop, BooleanSupplier write) {
        loop.runOnContext(turn -> loop.owner().setTimer(MILLIS_BEFORE_AN_ANSWER, later -> probe(loop, write, PROBES)));
    }

    private static void probe(Context loop, BooleanSupplier write, int left) {
        if (write.getAsBoolean() && left > 1) {
            loop.owner().setTimer(RelayLoop.TICK.toMillis(), later -> probe(loop, write, left - 1));
        }
    }

    /** Tells a client to go on that has nothing to go on with; HTTP/1.0 knows no such answer. */
    static boolean continues(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (response.headWritten()
                || response.ended()
                || response.closed()
                || request.version() == HttpVersion.HTTP_1_0) {
            return false;
        }
        response.writeContinue();
        return true;
    }
}
