package dev.jarvis.gateway.upstream;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The connections of one event loop to all providers. HTTP/1.1 with keep-alive: one connection carries one call, so
 * cancelling a call closes its connection and the provider sees it at once. No redirects, no proxies, and the host name
 * is verified against the certificate.
 */
public final class UpstreamClient {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamClient.class);

    /** Under the 60 seconds after which common servers close idle connections, lest one closes under a request. */
    private static final int KEEP_ALIVE_SECONDS = 30;

    /**
     * To one address: more than there are ports to connect from (Linux: 28,232), so that no call waits for another one's
     * connection; how many are open is decided at the door. Vert.x reserves a place for each as soon as there is one.
     */
    private static final int MOST_CONNECTIONS = 32_768;

    private static final int MAX_HEADER_SIZE = 64 * 1024;
    private static final int MAX_CHUNK_SIZE = 64 * 1024;

    private final HttpClientAgent client;
    private final AddressBook addresses;
    private final Patience patience;
    private final Context loop;

    /**
     * Call on the event loop that will use it.
     *
     * @param trust certificates of private providers; empty for the JDK's
     */
    public UpstreamClient(Vertx vertx, AddressBook addresses, Patience patience, Optional<TrustOptions> trust) {
        this.loop = vertx.getOrCreateContext();
        this.addresses = addresses;
        this.patience = patience;
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setPipelining(false)
                .setMaxHeaderSize(MAX_HEADER_SIZE)
                .setMaxChunkSize(MAX_CHUNK_SIZE)
                .setDecompressionSupported(true)
                .setVerifyHost(true)
                .setTrustAll(false)
                .setTcpNoDelay(true)
                .setConnectTimeout((int) patience.connect().toMillis())
                .setSslHandshakeTimeout(patience.connect().toSeconds() + 1);
        trust.ifPresent(options::setTrustOptions);
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS).setCleanerPeriod(5_000);
        this.client = vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                .withConnectHandler(UpstreamClient::connected)
                .build();
    }

    private static void connected(HttpConnection connection) {
        InformationalAnswers.skipOn(connection);
        connection.exceptionHandler(UpstreamClient::noteBroken);
    }

    /** A call in flight hears of it itself; without one it is an idle connection that the provider closed. */
    private static void noteBroken(Throwable cause) {
        LOG.atDebug().addKeyValue("reason", cause.toString()).log("A provider's connection broke");
    }

    /** Sends a request. Nothing of it leaves before {@link UpstreamListener} can hear of it. */
    public UpstreamCall send(UpstreamRequest request, UpstreamListener listener) {
        UpstreamCall call = new UpstreamCall(patience, listener, request.body());
        addresses.find(request, loop).onFailure(call::unreachable).onSuccess(address -> {
            if (!call.isOver()) {
                call.connectedBy(client.request(options(request, address)));
            }
        });
        return call;
    }

    private static RequestOptions options(UpstreamRequest request, InetSocketAddress address) {
        boolean demo = AddressBook.isDemo(request);
        boolean tls = !demo && "https".equalsIgnoreCase(request.baseUrl().getScheme());
        return new RequestOptions()
                .setMethod(request.method())
                .setServer(SocketAddress.inetSocketAddress(address))
                .setHost(AddressBook.hostOf(request.baseUrl()))
                .setPort(demo ? address.getPort() : AddressBook.portOf(request.baseUrl()))
                .setSsl(tls)
                .setURI(request.target())
                .setHeaders(request.headers())
                .setFollowRedirects(false);
    }
}
