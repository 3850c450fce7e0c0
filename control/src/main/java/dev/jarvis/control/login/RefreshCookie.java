package dev.jarvis.control.login;

import dev.jarvis.platform.answer.SecretReply;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.Fields;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a browser's refresh token where no script can read it. The cookie authorizes one thing, {@code
 * /api/v1/auth/refresh}, and only for pages of our own origin; everything else wants the access token.
 *
 * <p>Browsers drop {@code Secure} cookies that come over plain HTTP (Safari also those of localhost), so there it is an
 * ordinary name without that attribute.
 */
public final class RefreshCookie {
    private static final String SECURE_NAME = "__Host-jarvis_refresh";
    private static final String PLAIN_NAME = "jarvis_refresh";
    private static final String TOKEN = "token";
    private static final String COOKIE = "cookie";

    private final OwnOrigin origin;

    /** @param publicUrl how browsers reach this server, where a proxy in between hides it */
    public RefreshCookie(Optional<URI> publicUrl) {
        this.origin = new OwnOrigin(publicUrl);
    }

    /**
     * Whether the request asks for a session in a cookie.
     *
     * @throws Refusal 403 {@code cross_origin} if another site's page does
     */
    public boolean isWanted(Call call, Fields in) {
        boolean wanted = in.choice("session", List.of(TOKEN, COOKIE), TOKEN).equals(COOKIE);
        if (wanted) {
            origin.require(call);
        }
        return wanted;
    }

    /** The answer to a login: the refresh token in its body, or in a cookie alone. */
    public Reply reply(Call call, int status, LoginAnswer answer, boolean inCookie) {
        if (!inCookie) {
            return SecretReply.of(status, answer);
        }
        return with(
                SecretReply.of(status, answer.withoutRefreshToken()),
                header(call, answer.refreshToken().orElseThrow(), answer.refreshExpiresIn()));
    }

    /**
     * The token of the cookie.
     *
     * @throws Refusal 403 {@code cross_origin}, 401 {@code no_refresh_token}
     */
    String token(Call call) {
        origin.require(call);
        List<String> values = values(call);
        // Two of one name: another site of the same host has put one there, and nothing says which.
        if (values.size() != 1) {
            throw Refusal.unauthenticated(
                    "no_refresh_token", "The request has neither a refresh token nor a session cookie. Log in.");
        }
        return values.getFirst();
    }

    /** The same answer, after which the browser has the cookie no longer. */
    Reply cleared(Call call, Reply reply) {
        return values(call).isEmpty() ? reply : with(reply, header(call, "", 0));
    }

    /** The same refusal; if the session cannot go on, the browser has the cookie no longer. */
    Refusal cleared(Call call, Refusal refusal) {
        return refusal.status() == 401 ? refusal.with(Map.of("set-cookie", header(call, "", 0))) : refusal;
    }

    private List<String> values(Call call) {
        String wanted = name(call) + "=";
        return call.headers().getAll("cookie").stream()
                .flatMap(header -> Arrays.stream(header.split(";", -1)))
                .map(String::strip)
                .filter(pair -> pair.startsWith(wanted))
                .map(pair -> pair.substring(wanted.length()))
                .toList();
    }

    private String header(Call call, String value, long seconds) {
        return name(call) + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                + (origin.isSecure(call) ? "; Secure" : "");
    }

    private String name(Call call) {
        return origin.isSecure(call) ? SECURE_NAME : PLAIN_NAME;
    }

    private static Reply with(Reply reply, String cookie) {
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put("set-cookie", cookie);
        return new Reply(reply.status(), Map.copyOf(headers), reply.body());
    }
}
