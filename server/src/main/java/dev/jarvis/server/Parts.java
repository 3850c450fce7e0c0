package dev.jarvis.server;

import dev.jarvis.platform.http.Routes;
import dev.jarvis.platform.vault.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * What the gateway and the control plane bring to a server.
 *
 * @param routes in the order in which they are registered
 * @param checks beside those of the foundation
 * @param drain ends running requests when the server stops
 * @param setupToken lets the first administrator in; empty when there is one
 * @param opened told where the server listens, once it does
 */
public record Parts(
        List<Routes> routes,
        List<ReadinessCheck> checks,
        Drain drain,
        Optional<Secret> setupToken,
        Consumer<URI> opened) {

    /** Of parts that need not know where they are. */
    public Parts(List<Routes> routes, List<ReadinessCheck> checks, Drain drain, Optional<Secret> setupToken) {
        this(routes, checks, drain, setupToken, url -> {});
    }

    /** Ends what runs: by itself within the window, or else by force. Completes when nothing runs any more. */
    @FunctionalInterface
    public interface Drain {
        Future<Void> within(Duration window);
    }

    /** Makes the parts of a server; what they open they add to {@code closing}. Not called while the vault is sealed. */
    @FunctionalInterface
    public interface Assembly {
        Parts assemble(Foundation foundation, Vertx vertx, ExecutorService blocking, Closing closing) throws Exception;
    }
}
