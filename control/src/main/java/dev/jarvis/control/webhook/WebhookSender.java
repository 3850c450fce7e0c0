package dev.jarvis.control.webhook;

import dev.jarvis.platform.egress.AddressGuard;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts to receivers of events. The connection goes to the very address that the guard has checked, so a name that answers
 * differently a moment later leads nowhere else. No redirects, no proxies, one connection for each call; of the answer only
 * the status is read.
 */
final class WebhookSender implements AutoCloseable {
    /** Of an answer's head. Bytes. */
    private static final int MAX_HEADER_SIZE = 16 * 1024;

    private final HttpClientAgent client;
    private final AddressGuard guard;
    private final AddressGuard.Resolver resolver;
    private final Duration patience;

    /** @param patience from the resolved name to the answer's head */
    WebhookSender(Vertx vertx, AddressGuard guard, AddressGuard.Resolver resolver, Duration patience) {
        this.guard = guard;
        this.resolver = resolver;
        this.patience = patience;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(false)
                .setMaxHeaderSize(MAX_HEADER_SIZE)
                .setVerifyHost(true)
                .setTrustAll(false)
                .setConnectTimeout((int) patience.toMillis()));
    }

    /** Blocking, for as long as the patience lasts. */
    Sent send(URI url, Map<String, String> headers, byte[] body) {
        InetAddress[] addresses;
        try {
            addresses = resolver.resolve(host(url));
        } catch (UnknownHostException e) {
            return new Sent.Unanswered("unknown_host");
        }
        // All of them: a name with one public and one private address is a trap.
        if (addresses.length == 0 || !Arrays.stream(addresses).allMatch(address -> guard.permits(url, address))) {
            return new Sent.Unanswered("forbidden_target");
        }
        return post(url, new InetSocketAddress(addresses[0], port(url)), headers, body);
    }

    private Sent post(URI url, InetSocketAddress address, Map<String, String> headers, byte[] body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(address))
                .setHost(host(url))
                .setPort(port(url))
                .setSsl("https".equals(url.getScheme()))
                .setURI(url.getRawPath().isEmpty() ? "/" : url.getRawPath())
                .setFollowRedirects(false)
                .setTimeout(patience.toMillis());
        headers.forEach(options::putHeader);
        try {
            int status = client.request(options)
                    .compose(request -> request.send(Buffer.buffer(body)).map(WebhookSender::statusOnly))
                    .await(patience.toMillis() + 1_000, TimeUnit.MILLISECONDS);
            return status >= 200 && status < 300 ? new Sent.Taken(status) : new Sent.Refused(status);
        } catch (Exception e) {
            return new Sent.Unanswered(reason(e));
        }
    }

    private static int statusOnly(HttpClientResponse response) {
        int status = response.statusCode();
        response.exceptionHandler(cut -> {});
        response.request().reset();
        return status;
    }

    private static String reason(Exception failure) {
        return switch (failure) {
            case TimeoutException e -> "timeout";
            case SSLException e -> "tls_failed";
            case ConnectException e -> "connect_failed";
            default -> "connection_broken";
        };
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
        return "https".equals(url.getScheme()) ? 443 : 80;
    }

    @Override
    public void close() {
        client.close();
    }
}
