package dev.jarvis.gateway.meter;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers whose end waits until the journal is safe up to a position. */
final class Releases {
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private volatile long safe;

    private record Waiting(
            long position, Promise<Void> promise, @Nullable Context context) {
        void release() {
            if (context == null) {
                promise.complete();
            } else {
                context.runOnContext(ignored -> promise.complete());
            }
        }
    }

    /** Completes when {@link #safeUpTo} reaches the position, on the caller's event loop if it is on one. */
    Future<Void> await(long position) {
        if (position <= safe) {
            return Future.succeededFuture();
        }
        Waiting one = new Waiting(position, Promise.promise(), Vertx.currentContext());
        waiting.add(one);
        if (position <= safe && waiting.remove(one)) {
            return Future.succeededFuture();
        }
        return one.promise().future();
    }

    /** Positions only grow; several threads may report theirs. */
    synchronized void safeUpTo(long position) {
        safe = Math.max(safe, position);
        waiting.removeIf(one -> {
            if (one.position() > safe) {
                return false;
            }
            one.release();
            return true;
        });
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
