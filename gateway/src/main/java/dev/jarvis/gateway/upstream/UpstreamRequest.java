package dev.jarvis.gateway.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

import java.net.URI;
import java.util.List;

/**
 * A request to a provider. Its headers, and with {@code query:} credentials its target, hold the provider key.
 *
 * @param target the path and query, below the host of the base URL
 * @param builtIn the demo model, served on loopback by this server
 * @param body in pieces, which are sent as they are
 * @param turn counts attempts from 0: a name with several addresses is tried at another one each time
 */
public record UpstreamRequest(
        HttpMethod method, URI baseUrl, String target, boolean builtIn, MultiMap headers, List<Buffer> body, int turn) {
    /** Without headers, target and body: none of them belongs in a log. */
    @Override
    public String toString() {
        return "UpstreamRequest[" + baseUrl.getHost() + "]";
    }
}
