package dev.jarvis.engine.egress;

import dev.jarvis.platform.egress.AddressGuard;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;

import javax.net.ssl.SSLException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to addresses that somebody else names. The connection goes to the very address that the guard has judged, so a
 * name that answers differently a moment later leads nowhere else. No redirects, no proxies, one connection for each call;
 * of the answer no more is read than was asked for.
 */
public final class GuardedHttp implements AutoCloseable {
    private static final int MAX_HEADER_SIZE = 32 * 1024;
    private static final int CONNECT_MILLIS = 10_000;

    private final HttpClientAgent client;
    private final AddressGuard guard;
    private final AddressGuard.Resolver resolver;

    public GuardedHttp(Vertx vertx, AddressGuard guard, AddressGuard.Resolver resolver) {
        this.guard = guard;
        this.resolver = resolver;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(false)
                .setMaxHeaderSize(MAX_HEADER_SIZE)
                .setVerifyHost(true)
                .setTrustAll(false)
                .setConnectTimeout(CONNECT_MILLIS));
    }

    /**
     * Blocking, for as long as the patience lasts.
     *
     * @param url http or https, without user info
     * @param most bytes of the answer
     */
    public Fetched send(
            HttpMethod method, URI url, Map<String, String> headers, byte[] body, Duration patience, int most) {
        InetAddress[] addresses;
        try {
            addresses = resolver.resolve(host(url));
        } catch (UnknownHostException e) {
            return new Fetched.Unanswered("unknown_host");
        }
        // All of them: a name with one public and one private address is a trap.
        if (addresses.length == 0 || !Arrays.stream(addresses).allMatch(guard::permits)) {
            return new Fetched.Unanswered("forbidden_target");
        }
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(addresses[0], port(url))))
                .setHost(host(url))
                .setPort(port(url))
                .setSsl("https".equalsIgnoreCase(url.getScheme()))
                .setURI(target(url))
                .setFollowRedirects(false)
                .setTimeout(patience.toMillis());
        headers.forEach(options::putHeader);
        try {
            return client.request(options)
                    .compose(request -> request.send(Buffer.buffer(body)))
                    .compose(response -> read(response, most))
                    .await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            return new Fetched.Unanswered(reason(e));
        }
    }

    private static Future<Fetched> read(HttpClientResponse response, int most) {
        Promise<Fetched> promise = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(promise::tryFail);
        response.handler(piece -> {
            if (body.length() + piece.length() <= most) {
                body.appendBuffer(piece);
            } else {
                body.appendBuffer(piece.slice(0, most - body.length()));
                promise.tryComplete(answered(response, body, true));
                response.request().reset();
            }
        });
        response.endHandler(end -> promise.tryComplete(answered(response, body, false)));
        return promise.future();
    }

    private static Fetched answered(HttpClientResponse response, Buffer body, boolean cut) {
        Map<String, String> headers = new HashMap<>();
        response.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new Fetched.Answered(response.statusCode(), headers, body.getBytes(), cut);
    }

    private static String reason(Exception failure) {
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
