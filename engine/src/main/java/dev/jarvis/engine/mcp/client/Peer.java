package dev.jarvis.engine.mcp.client;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A server to talk to.
 *
 * @param credential a header and its value, sent with each request; never printed
 * @param patience for one answer; a report of progress begins it anew
 */
public record Peer(URI url, Optional<Map.Entry<String, String>> credential, Duration patience) {
    @Override
    public String toString() {
        return "Peer[" + url + "]";
    }
}
