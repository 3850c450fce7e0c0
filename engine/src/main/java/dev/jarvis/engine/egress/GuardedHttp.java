package dev.jarvis.engine.egress;

import dev.jarvis.engine.model.Stop;
import dev.jarvis.platform.egress.AddressGuard;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;

import javax.net.ssl.SSLException;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Requests to addresses that somebody else names. The connection goes to the very address that the guard has judged, so a
 * name that answers differently a moment later leads nowhere else. No redirects, no proxies, one connection for each call;
 * of the answer no more is read than was asked for.
 */
public final class GuardedHttp implements AutoCloseable {
    private static final int MAX_HEADER_SIZE = 32 * 1024;
    private static final int CONNECT_MILLIS = 10_000;

    /** To one address: each run has its own, and none waits for another's. */
    private static final int MOST_CONNECTIONS = 1_000;

    private final HttpClientAgent client;
    private final AddressGuard guard;
    private final AddressGuard.Resolver resolver;

    public GuardedHttp(Vertx vertx, AddressGuard guard, AddressGuard.Resolver resolver) {
        this.guard = guard;
        this.resolver = resolver;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setKeepAlive(false)
                        .setMaxHeaderSize(MAX_HEADER_SIZE)
                        .setVerifyHost(true)
                        .setTrustAll(false)
                        .setConnectTimeout(CONNECT_MILLIS),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    }

    /**
     * Blocking, for as long as the patience lasts.
     *
     * @param url http or https, without user info
     * @param most bytes of the answer
     * @param stop ends it at once, for the reason {@code closed}
     */
    public Fetched send(
            HttpMethod method,
            URI url,
            Map<String, String> headers,
            byte[] body,
            Duration patience,
            int most,
            Stop stop) {
        long end = System.nanoTime() + patience.toNanos();
        try (Exchange exchange = exchange(method, url, address(url, guard::permits), headers, body, patience, most)) {
            stop.onAsk(exchange::close);
            Exchange.Head head = exchange.begin(patience);
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            for (Optional<byte[]> piece = exchange.next(left(end));
                    piece.isPresent();
                    piece = exchange.next(left(end))) {
                int room = most - read.size();
                if (piece.get().length > room) {
                    read.write(piece.get(), 0, room);
                    return new Fetched.Answered(head.status(), head.headers(), read.toByteArray(), true);
                }
                read.writeBytes(piece.get());
            }
            return new Fetched.Answered(head.status(), head.headers(), read.toByteArray(), false);
        } catch (NoAnswerException e) {
            return new Fetched.Unanswered(e.reason());
        } finally {
            stop.over();
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(end - System.nanoTime());
    }

    /**
     * A request whose answer may last, to an address that the guard permits for this very URL: plain http only inside the
     * networks that the operator allowed.
     *
     * @param patience how long it may last in all
     * @param most bytes of the answer; of a longer one a little more is read, and then no more
     * @throws NoAnswerException if there is no such host, or it is none to connect to
     */
    public Exchange exchange(
            HttpMethod method, URI url, Map<String, String> headers, byte[] body, Duration patience, int most)
            throws NoAnswerException {
        return exchange(
                method, url, address(url, address -> guard.permits(url, address)), headers, body, patience, most);
    }

    private Exchange exchange(
            HttpMethod method,
            URI url,
            InetAddress address,
            Map<String, String> headers,
            byte[] body,
            Duration patience,
            int most) {
        RequestOptions options = options(method, url, address, patience);
        headers.forEach(options::putHeader);
        return new Exchange(() -> client.request(options), body, most);
    }

    /** One that the name stands for, if all of them are permitted: a name with a public and a private address is a trap. */
    private InetAddress address(URI url, Predicate<InetAddress> permitted) throws NoAnswerException {
        InetAddress[] addresses;
        try {
            addresses = resolver.resolve(host(url));
        } catch (UnknownHostException e) {
            throw new NoAnswerException("unknown_host");
        }
        if (addresses.length == 0 || !Arrays.stream(addresses).allMatch(permitted)) {
            throw new NoAnswerException("forbidden_target");
        }
        return addresses[0];
    }

    private static RequestOptions options(HttpMethod method, URI url, InetAddress address, Duration patience) {
        return new RequestOptions()
                .setMethod(method)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port(url))))
                .setHost(host(url))
                .setPort(port(url))
                .setSsl("https".equalsIgnoreCase(url.getScheme()))
                .setURI(target(url))
                .setFollowRedirects(false)
                .setTimeout(patience.toMillis());
    }

    static String reason(Throwable failure) {
        return switch (failure) {
            case TimeoutException e -> "timeout";
            case SSLException e -> "tls_failed";
            case ConnectException e -> "connect_failed";
            default -> "connection_broken";
        };
    }

    private static String target(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /** Without the brackets of an IPv6 literal. */
    private static String host(URI url) {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    @Override
    public void close() {
        client.close();
    }
}
