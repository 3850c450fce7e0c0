package dev.jarvis.platform.http;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The HTTP server: one listening socket, served by several event loops, each with its own table of routes.
 */
public final class HttpDoor {
    /** Longer request lines are answered 414. */
    private static final int MAX_REQUEST_LINE = 8 * 1024;

    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(10);

    /** Longer than load balancers keep a connection (60 s is usual): the side that reuses it should be the one to close. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);

    private static final AtomicInteger ANY_PORT = new AtomicInteger(-1);
    private static final int MAX_HEADERS_SIZE = 32 * 1024;
    private static final int MAX_CHUNK_SIZE = 64 * 1024;

    private final Vertx vertx;
    private final String deployment;
    private final List<HttpServer> servers;
    private final int port;
    private final List<String> routes;

    private HttpDoor(Vertx vertx, String deployment, List<HttpServer> servers, int port, List<String> routes) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.servers = servers;
        this.port = port;
        this.routes = routes;
    }

    /**
     * Opens the server.
     *
     * @param port 0 for any free one
     * @param eventLoops how many loops serve connections
     */
    public static Future<HttpDoor> open(
            Vertx vertx, String host, int port, int eventLoops, CrossOrigin crossOrigin, List<Routes> routes) {
        return open(vertx, host, port, eventLoops, HEAD_TIMEOUT, IDLE_TIMEOUT, crossOrigin, routes);
    }

    /** The same for nobody's pages but its own. */
    public static Future<HttpDoor> open(Vertx vertx, String host, int port, int eventLoops, List<Routes> routes) {
        return open(vertx, host, port, eventLoops, CrossOrigin.NOBODY, routes);
    }

    static Future<HttpDoor> open(
            Vertx vertx,
            String host,
            int port,
            int eventLoops,
            Duration headTimeout,
            Duration idleTimeout,
            CrossOrigin crossOrigin,
            List<Routes> routes) {
        AtomicInteger bound = new AtomicInteger();
        List<HttpServer> servers = new CopyOnWriteArrayList<>();
        AtomicReference<List<String>> served = new AtomicReference<>(List.of());
        // Vert.x: port 0 is another free one for each loop; loops that listen on the same negative one share a free
        // one.
        int shared = port == 0 ? ANY_PORT.getAndDecrement() : port;
        DeploymentOptions options = new DeploymentOptions().setInstances(eventLoops);
        return vertx.deployVerticle(
                        () -> loop(host, shared, headTimeout, idleTimeout, crossOrigin, routes, bound, servers, served),
                        options)
                .map(deployment -> new HttpDoor(vertx, deployment, servers, bound.get(), served.get()));
    }

    private static Deployable loop(
            String host,
            int port,
            Duration headTimeout,
            Duration idleTimeout,
            CrossOrigin crossOrigin,
            List<Routes> routes,
            AtomicInteger bound,
            List<HttpServer> servers,
            AtomicReference<List<String>> served) {
        return context -> {
            Vertx vertx = context.owner();
            RouteTable.Builder builder = RouteTable.builder();
            routes.forEach(part -> part.addTo(builder, vertx));
            RouteTable table = builder.build();
            served.set(names(table));
            ConnectionTimeouts timeouts = ConnectionTimeouts.start(vertx, headTimeout, idleTimeout);
            Doorman doorman = new Doorman(table, crossOrigin);
            HttpServer server = vertx.createHttpServer(options(host, port))
                    .connectionHandler(timeouts::opened)
                    .requestHandler(doorman::receive)
                    .invalidRequestHandler(doorman::refuseMalformed);
            return server.listen(port, host).onSuccess(open -> {
                bound.set(open.actualPort());
                servers.add(open);
            });
        };
    }

    private static List<String> names(RouteTable table) {
        return table.routes().stream()
                .map(route -> route.method().name() + " " + route.template().replace("{+", "{"))
                .toList();
    }

    private static HttpServerOptions options(String host, int port) {
        return new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setHttp2ClearTextEnabled(false)
                // No route speaks WebSocket: without them no handler looks at every message for its extensions.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS_SIZE)
                .setMaxChunkSize(MAX_CHUNK_SIZE)
                .setDecoderInitialBufferSize(256)
                .setTcpNoDelay(true)
                .setReuseAddress(true)
                .setAcceptBacklog(4096)
                .setCompressionSupported(false);
    }

    public int port() {
        return port;
    }

    /** What it answers, as {@code GET /path}; the same on every loop. */
    public List<String> routes() {
        return routes;
    }

    /**
     * Closes the listening socket and idle connections, lets running requests end, and closes what is left after the time
     * is over.
     */
    public Future<Void> drain(Duration patience) {
        List<Future<Void>> drained =
                servers.stream().map(server -> server.shutdown(patience)).toList();
        return Future.join(drained).mapEmpty();
    }

    /** Closes the listening socket and every connection. */
    public Future<Void> close() {
        return vertx.undeploy(deployment);
    }
}
