package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.upstream.UpstreamClient;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One event loop's exchanges. One periodic tick looks at all of them: thousands of streams with five timers each, started
 * and stopped with every chunk, would otherwise be most of what the loop does.
 */
public final class RelayLoop {
    /** How late a timer may fire. */
    static final Duration TICK = Duration.ofMillis(50);

    private final Relay relay;
    private final UpstreamClient client;
    private final Context loop;
    private final List<ChatExchange> active = new ArrayList<>();
    private final List<Promise<Void>> waitingForEmpty = new ArrayList<>();

    /** Call on the loop itself. */
    public RelayLoop(Relay relay, UpstreamClient client, Vertx vertx) {
        this.relay = relay;
        this.client = client;
        this.loop = vertx.getOrCreateContext();
        vertx.setPeriodic(TICK.toMillis(), id -> tick());
    }

    /** Takes a request to its answer. */
    public void relay(Admission admission) {
        ChatExchange exchange = new ChatExchange(admission, this);
        exchange.place = active.size();
        active.add(exchange);
        exchange.begin();
    }

    Relay shared() {
        return relay;
    }

    UpstreamClient client() {
        return client;
    }

    Context context() {
        return loop;
    }

    private void tick() {
        long now = System.nanoTime();
        for (int i = active.size() - 1; i >= 0; i--) {
            if (i < active.size()) { // an exchange may leave at its tick, and the last one takes its place
                active.get(i).tick(now);
            }
        }
    }

    /** Forgets an exchange that is over. */
    void leave(ChatExchange exchange) {
        if (exchange.place < 0) {
            return;
        }
        ChatExchange last = active.removeLast();
        if (!last.equals(exchange)) {
            active.set(exchange.place, last);
            last.place = exchange.place;
        }
        exchange.place = -1;
        if (active.isEmpty()) {
            waitingForEmpty.forEach(Promise::tryComplete);
            waitingForEmpty.clear();
        }
    }

    /** Completes when no exchange is left. May be called from any thread. */
    public Future<Void> emptied() {
        Promise<Void> promise = Promise.promise();
        loop.runOnContext(turn -> {
            if (active.isEmpty()) {
                promise.complete();
            } else {
                waitingForEmpty.add(promise);
            }
        });
        return promise.future();
    }

    /** Ends what still runs with an error; everything is settled. May be called from any thread. */
    public void endAll() {
        loop.runOnContext(turn -> List.copyOf(active).forEach(ChatExchange::serverStops));
    }
}
