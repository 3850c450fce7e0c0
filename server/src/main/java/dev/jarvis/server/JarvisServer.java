package dev.jarvis.server;

import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.CrossOrigin;
import dev.jarvis.platform.http.HttpDoor;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.http.Routes;
import dev.jarvis.platform.identity.IdentityCheck;
import dev.jarvis.platform.settings.Settings;
import dev.jarvis.platform.start.CannotStartException;
import dev.jarvis.platform.vault.Secret;
import dev.jarvis.server.console.Console;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running server. Everything it opens is closed in the opposite order. */
public final class JarvisServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JarvisServer.class);
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration AFTER_DRAIN = Duration.ofSeconds(5);

    private final Settings settings;
    private final Closing closing;
    private final Health health;
    private final HttpDoor door;
    private final Parts.Drain drain;
    private final Optional<Secret> setupToken;
    private final Optional<String> sealedBecause;

    private JarvisServer(Settings settings, Parts.Assembly assembly, Closing closing) throws Exception {
        this.settings = settings;
        this.closing = closing;
        Foundation foundation = closing.add(Foundation.open(settings));
        Vertx vertx = vertx(settings);
        closing.add(() -> await(vertx.close(), AFTER_DRAIN));
        ExecutorService blocking = closing.add(Executors.newVirtualThreadPerTaskExecutor());
        this.sealedBecause = foundation.sealedBecause();
        sealedBecause.ifPresent(reason -> LOG.error("SEALED: no call is served. {}", reason));
        Parts parts = sealedBecause.isEmpty()
                ? assembly.assemble(foundation, vertx, blocking, closing)
                : new Parts(
                        List.of(new SealedAnswer()), List.of(), window -> Future.succeededFuture(), Optional.empty());
        this.drain = parts.drain();
        this.setupToken = parts.setupToken();
        this.health = new Health(checks(foundation, parts));
        List<Routes> routes = new ArrayList<>();
        routes.add(ownRoutes(foundation, blocking));
        routes.addAll(parts.routes());
        if (settings.has(Settings.Role.CONSOLE)) {
            routes.add(Console.onClassPath());
        }
        this.door = open(vertx, routes);
        parts.opened().accept(ownUrl());
    }

    /**
     * Starts a server; when this returns it answers.
     *
     * @throws CannotStartException with what the operator has to do
     */
    public static JarvisServer start(Settings settings, Parts.Assembly assembly) {
        Closing closing = new Closing();
        try {
            return new JarvisServer(settings, assembly, closing);
        } catch (RuntimeException | Error e) {
            closing.close();
            throw e;
        } catch (Exception e) {
            closing.close();
            throw new IllegalStateException("the server could not be assembled", e);
        }
    }

    /** The same with the whole product. */
    public static JarvisServer start(Settings settings) {
        return start(settings, Wiring::assemble);
    }

    private static Vertx vertx(Settings settings) {
        return Vertx.builder()
                .with(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(settings.eventLoops()))
                .build();
    }

    private static List<ReadinessCheck> checks(Foundation foundation, Parts parts) {
        List<ReadinessCheck> checks = new ArrayList<>();
        checks.add(new ReadinessCheck("database", foundation::databaseProblem));
        checks.add(new ReadinessCheck("migrations", foundation::migrationsProblem));
        if (!foundation.settings().isEngineApart()) {
            checks.add(new ReadinessCheck("vault", foundation::sealedBecause));
        }
        checks.addAll(parts.checks());
        return checks;
    }

    private BlockingEndpoints ownRoutes(Foundation foundation, ExecutorService blocking) {
        BlockingEndpoints endpoints =
                new BlockingEndpoints(credential -> new IdentityCheck.Unknown(), (call, refusal) -> {}, blocking);
        health.addTo(endpoints);
        ApiDescriptions.addTo(endpoints);
        return endpoints.add(
                HttpMethod.GET,
                "/metrics",
                Access.PUBLIC,
                call -> Reply.text(
                        "text/plain; version=0.0.4; charset=utf-8",
                        foundation.telemetry().scrape()));
    }

    private HttpDoor open(Vertx vertx, List<Routes> routes) throws Exception {
        Settings.ListenAddress listen = settings.listen();
        try {
            return await(
                    HttpDoor.open(
                            vertx,
                            listen.host(),
                            listen.port(),
                            settings.eventLoops(),
                            CrossOrigin.of(settings.corsOrigins()),
                            routes),
                    START);
        } catch (IOException e) {
            throw new CannotStartException(
                    "The address " + listen.host() + ":" + listen.port() + " cannot be listened on (" + e.getMessage()
                            + "). Stop what uses it, or choose another one (JARVIS_LISTEN).",
                    e);
        }
    }

    private static <T> T await(Future<T> future, Duration patience) throws Exception {
        try {
            return future.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("gave up waiting after " + patience, e);
        }
    }

    /** Where it listens. */
    public URI url() {
        String host = settings.listen().host();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + door.port());
    }

    /** How the server reaches itself: an address that stands for all of this machine's is no place to connect to. */
    private URI ownUrl() {
        String host = settings.listen().host();
        boolean every = host.equals("0.0.0.0") || host.equals("::");
        return every ? URI.create("http://127.0.0.1:" + door.port()) : url();
    }

    /** Every route it has, as {@code GET /path}. */
    public List<String> routes() {
        return door.routes();
    }

    /** Lets the first administrator in; empty when there is one. */
    public Optional<Secret> setupToken() {
        return setupToken;
    }

    /** Why no call is served, if none is. */
    public Optional<String> sealedBecause() {
        return sealedBecause;
    }

    /** Not ready from now on; running requests may end within the drain time; then everything closes. */
    @Override
    public void close() {
        health.announceClosing();
        Duration window = settings.timeouts().drain();
        try {
            Future<Void> ended = drain.within(window);
            await(
                    Future.join(ended, door.drain(window.plus(AFTER_DRAIN))),
                    window.plus(AFTER_DRAIN).plus(AFTER_DRAIN));
        } catch (Exception e) {
            LOG.warn("Not every request ended within {}", window, e);
        }
        closing.close();
    }
}
