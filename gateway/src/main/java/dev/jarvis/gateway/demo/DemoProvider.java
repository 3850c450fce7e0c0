package dev.jarvis.gateway.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import java.net.URI;

/** The running demo provider. It needs no key, and ignores one that is sent. */
public final class DemoProvider {
    private final Vertx vertx;
    private final String deployment;
    private final int port;

    private DemoProvider(Vertx vertx, String deployment, int port) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.port = port;
    }

    /** Starts it on a free port of 127.0.0.1, on an event loop of its own. */
    public static Future<DemoProvider> start(Vertx vertx) {
        Promise<Integer> listening = Promise.promise();
        return vertx.deployVerticle(new DemoServer(listening))
                .compose(deployment -> listening.future().map(port -> new DemoProvider(vertx, deployment, port)));
    }

    public int port() {
        return port;
    }

    /** What the demo model's {@code base_url} is. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port + "/v1");
    }

    /** Stops listening and closes its connections. */
    public Future<Void> close() {
        return vertx.undeploy(deployment);
    }
}
