package dev.jarvis.server.console;

import io.vertx.core.http.HttpServerResponse;

/** What every page and file tells the browser not to do. */
final class PageHeaders {
    /** For files: opened by themselves they are documents too, and an SVG image could hold a script. */
    static final String FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private static final String PERMISSIONS =
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(),"
                    + " microphone=(), midi=(), payment=(), usb=()";

    private PageHeaders() {}

    static void addTo(HttpServerResponse response, String policy) {
        response.putHeader("content-security-policy", policy)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("permissions-policy", PERMISSIONS)
                .putHeader("cross-origin-opener-policy", "same-origin")
                .putHeader("cross-origin-resource-policy", "same-origin")
                .putHeader("x-frame-options", "DENY");
    }
}
