package dev.jarvis.server.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The console's one HTML page. Each answer has a nonce of its own in place of {@value #PLACE}: style elements that the
 * console makes at run time carry it, and no others count. Answers are therefore never kept or compressed ahead.
 */
final class IndexPage implements Page {
    static final String PLACE = "__CSP_NONCE__";

    private static final int NONCE_BYTES = 16;
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + PLACE
            + "'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private final SecureRandom random = new SecureRandom();
    private final String html;

    IndexPage(String html) {
        this.html = html;
    }

    @Override
    public void send(HttpServerRequest request) {
        byte[] bits = new byte[NONCE_BYTES];
        random.nextBytes(bits);
        String nonce = Base64.getEncoder().encodeToString(bits);
        PageHeaders.addTo(request.response(), POLICY.replace(PLACE, nonce));
        request.response().putHeader("cache-control", "no-store");
        byte[] page = html.replace(PLACE, nonce).getBytes(StandardCharsets.UTF_8);
        Sending.send(request, 200, "text/html; charset=utf-8", Buffer.buffer(page));
    }
}
