package dev.jarvis.gateway.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.jarvis.platform.egress.AddressGuard;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Executor;

/**
 * Finds the address of a provider, and lets only addresses through that the guard permits. The connection is then made
 * to that very address, so a name that answers differently a second time (DNS rebinding) gains nothing. Shared by all
 * event loops.
 */
public final class AddressBook {
    /** The built-in model's base URL has this host, which no resolver knows (RFC 6761 §6.4). */
    public static final String DEMO_HOST = "demo.jarvis.invalid";

    private static final Duration KEPT = Duration.ofSeconds(20);
    private static final long MOST_HOSTS = 1_000;

    private final AddressGuard guard;
    private final AddressGuard.Resolver resolver;
    private final Executor blocking;
    private final OptionalInt demoPort;
    private final Cache<String, InetAddress[]> resolved;

    /**
     * @param blocking runs the resolver, which waits for the network
     * @param demoPort where on loopback this server serves its built-in model
     */
    public AddressBook(AddressGuard guard, AddressGuard.Resolver resolver, Executor blocking, OptionalInt demoPort) {
        this.guard = guard;
        this.resolver = resolver;
        this.blocking = blocking;
        this.demoPort = demoPort;
        this.resolved = Caffeine.newBuilder()
                .maximumSize(MOST_HOSTS)
                .expireAfterWrite(KEPT)
                .executor(Runnable::run) // its housekeeping is short, and waking a thread for it is a system call
                .build();
    }

    static boolean isDemo(UpstreamRequest request) {
        return request.builtIn() && DEMO_HOST.equals(request.baseUrl().getHost());
    }

    /** Completes at once from memory, or on the loop when the resolver has answered. */
    Future<InetSocketAddress> find(UpstreamRequest request, Context loop) {
        if (isDemo(request)) {
            return demoPort.isPresent()
                    ? Future.succeededFuture(
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), demoPort.getAsInt()))
                    : Future.failedFuture(new UnknownHostException("the built-in model is not served here"));
        }
        String host = hostOf(request.baseUrl());
        InetAddress[] known = resolved.getIfPresent(host);
        if (known != null) {
            return choose(request, known);
        }
        Promise<InetAddress[]> promise = Promise.promise();
        blocking.execute(() -> resolve(host, promise, loop));
        return promise.future().compose(addresses -> choose(request, addresses));
    }

    private void resolve(String host, Promise<InetAddress[]> promise, Context loop) {
        InetAddress @Nullable [] addresses = null;
        UnknownHostException failure = new UnknownHostException(host);
        try {
            addresses = resolver.resolve(host);
            resolved.put(host, addresses);
        } catch (UnknownHostException e) {
            failure = e;
        }
        InetAddress @Nullable [] found = addresses;
        UnknownHostException reason = failure;
        loop.runOnContext(ignored -> {
            if (found != null && found.length > 0) {
                promise.complete(found);
            } else {
                promise.fail(reason);
            }
        });
    }

    /** All addresses must be permitted: a name with one public and one private address is a trap, not a provider. */
    private Future<InetSocketAddress> choose(UpstreamRequest request, InetAddress[] addresses) {
        URI url = request.baseUrl();
        for (InetAddress address : addresses) {
            if (!guard.permits(url, address)) {
                return Future.failedFuture(new ForbiddenAddressException(url.getHost()));
            }
        }
        return Future.succeededFuture(new InetSocketAddress(addresses[request.turn() % addresses.length], portOf(url)));
    }

    static int portOf(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    /** Without the brackets of an IPv6 literal. */
    static String hostOf(URI url) {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
