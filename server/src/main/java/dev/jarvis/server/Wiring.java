package dev.jarvis.server;

import io.vertx.core.Vertx;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** Puts the gateway and the control plane on the foundation. */
final class Wiring {
    private Wiring() {}

    static Parts assemble(Foundation foundation, Vertx vertx, ExecutorService blocking, Closing closing) {
        return new Parts(List.of(), List.of(), Optional.empty());
    }
}
