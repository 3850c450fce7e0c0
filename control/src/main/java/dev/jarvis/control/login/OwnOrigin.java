package dev.jarvis.control.login;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a request comes from a page of ours. Browsers say it in headers that no script can set: {@code Sec-Fetch-Site},
 * which they leave out over plain HTTP, and {@code Origin}, which every POST has. The latter also says whether the browser
 * speaks HTTPS, whatever proxies stand between; forwarded headers are not believed.
 */
final class OwnOrigin {
    private final Optional<URI> publicUrl;

    OwnOrigin(Optional<URI> publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** @throws Refusal 403 {@code cross_origin} */
    void require(Call call) {
        String site = call.headers().get("sec-fetch-site");
        if (site == null
                ? !isOurs(call.headers().get("origin"), call.headers().get("host"))
                : !site.equals("same-origin")) {
            throw Refusal.forbidden(
                    "cross_origin",
                    "Sessions in cookies are for pages of this server alone. Behind a proxy that changes the Host header,"
                            + " set JARVIS_PUBLIC_URL; programs use the refresh token of the body.");
        }
    }

    boolean isSecure(Call call) {
        String origin = call.headers().get("origin");
        return origin == null
                ? publicUrl.filter(url -> url.getScheme().equals("https")).isPresent()
                : origin.startsWith("https://");
    }

    private boolean isOurs(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return false;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        return (host != null && isAt(lower, host.toLowerCase(Locale.ROOT)))
                || publicUrl.filter(url -> lower.equals(origin(url))).isPresent();
    }

    /** The scheme is not compared: behind a proxy that ends TLS we do not know it. */
    private static boolean isAt(String origin, String host) {
        return origin.equals("http://" + host)
                || origin.equals("https://" + host)
                || (host.endsWith(":80") && origin.equals("http://" + host.substring(0, host.length() - 3)))
                || (host.endsWith(":443") && origin.equals("https://" + host.substring(0, host.length() - 4)));
    }

    private static String origin(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        int usual = url.getScheme().equals("https") ? 443 : 80;
        boolean isUsual = url.getPort() < 0 || url.getPort() == usual;
        return url.getScheme() + "://" + host + (isUsual ? "" : ":" + url.getPort());
    }
}
