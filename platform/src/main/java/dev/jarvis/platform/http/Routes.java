package dev.jarvis.platform.http;

import io.vertx.core.Vertx;

/** A part of the product that answers requests: the gateway, the control plane, the server's own pages. */
@FunctionalInterface
public interface Routes {
    /**
     * Adds this part's routes for one event loop. Called once on each loop, on that loop: what it creates (an HTTP
     * client, counters) is used by that loop alone and needs no locks.
     */
    void addTo(RouteTable.Builder table, Vertx vertx);
}
