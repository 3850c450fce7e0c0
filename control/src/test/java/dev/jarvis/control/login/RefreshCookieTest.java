package dev.jarvis.control.login;

import dev.jarvis.control.running.Answer;
import dev.jarvis.control.running.ControlServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class RefreshCookieTest {
    private static final String LOGIN = "{\"username\": \"admin\", \"password\": \"%s\", \"session\": \"cookie\"}"
            .formatted(ControlServer.PASSWORD);
    private static final URI PUBLIC = URI.create("https://llm.example.test/");

    private final ControlServer server = ControlServer.start(Optional.of(PUBLIC));
    private final String here = server.base().toString();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theTokenIsInACookieThatNoScriptReadsAndNotInTheAnswer() {
        Answer answer = login(here);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().has("refresh_token")).isFalse();
        assertThat(answer.text()).doesNotContain("rt-jv-");
        assertThat(answer.json().get("refresh_expires_in").asInt()).isPositive();
        assertThat(answer.header("set-cookie"))
                .matches(
                        "jarvis_refresh=rt-jv-[A-Za-z0-9_-]+; Path=/; Max-Age=604[78]\\d\\d; HttpOnly; SameSite=Strict");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void overHttpsItIsSecureAndBoundToTheHost() {
        assertThat(login("https://llm.example.test").header("set-cookie"))
                .matches("__Host-jarvis_refresh=rt-jv-[^;]+; Path=/; Max-Age=\\d+; HttpOnly; SameSite=Strict; Secure");
    }

    @Test
    void withoutAskingThereIsNoCookie() {
        server.administrator();
        Answer answer = server.login("admin");

        assertThat(answer.header("set-cookie")).isEmpty();
        assertThat(answer.field("refresh_token")).startsWith("rt-jv-");
    }

    @Test
    void aRefreshUsesTheCookieAndReplacesIt() {
        String first = cookie(login(here));

        Answer refreshed = refresh(first, here, null);

        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.json().has("refresh_token")).isFalse();
        assertThat(server.get("/api/v1/auth/me", refreshed.field("access_token"))
                        .status())
                .isEqualTo(200);
        String second = cookie(refreshed);
        assertThat(second).isNotEqualTo(first);
        assertThat(refresh(second, here, null).status()).isEqualTo(200);
        Answer reused = refresh(first, here, null);
        assertThat(reused.code()).isEqualTo("refresh_token_reused");
        assertThat(reused.header("set-cookie")).startsWith("jarvis_refresh=; Path=/; Max-Age=0;");
        assertThat(refresh(second, here, null).status()).isEqualTo(401);
    }

    @Test
    void logoutEndsTheSessionAndTakesTheCookie() {
        Answer login = login(here);

        Answer logout = server.call(
                "POST",
                "/api/v1/auth/logout",
                login.field("access_token"),
                null,
                Map.of("origin", here, "cookie", cookie(login)));

        assertThat(logout.status()).isEqualTo(204);
        assertThat(logout.header("set-cookie")).startsWith("jarvis_refresh=; Path=/; Max-Age=0;");
        assertThat(refresh(cookie(login), here, null).code()).isEqualTo("session_ended");
    }

    /** Behind the row: the header Origin and Sec-Fetch-Site of the request; {@code here} is the server's address. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "here, -, 200",
                "here, same-origin, 200",
                "http://proxied.test, same-origin, 200",
                "-, -, 403",
                "null, -, 403",
                "https://evil.test, -, 403",
                "http://127.0.0.1, -, 403",
                "http://127.0.0.1:1, -, 403",
                "http://localhost.evil.test, -, 403",
                "https://llm.example.test.evil.test, -, 403",
                "http://llm.example.test, -, 403",
                "https://llm.example.test:8443, -, 403",
                "here, cross-site, 403",
                "here, same-site, 403",
                "here, none, 403",
                "here, Same-Origin, 403"
            })
    void s25_onlyPagesOfThisServerUseTheCookie(@Nullable String origin, @Nullable String site, int status) {
        String said = "here".equals(origin) ? here : origin;
        String cookie = cookie(login(here));

        Answer refreshed = refresh(cookie, said, site);

        assertThat(refreshed.status()).isEqualTo(status);
        if (status == 403) {
            assertThat(refreshed.code()).isEqualTo("cross_origin");
            assertThat(refreshed.header("set-cookie")).isEmpty();
            assertThat(refresh(cookie, here, null).status()).isEqualTo(200);
            assertThat(login(said, site).code()).isEqualTo("cross_origin");
        }
    }

    @Test
    void thePublicAddressIsOursWhereAProxyChangesTheHost() {
        String cookie = cookie(login("https://LLM.example.test"));

        assertThat(cookie).startsWith("__Host-");
        assertThat(refresh(cookie, "https://llm.example.test", null).status()).isEqualTo(200);
    }

    @Test
    void s16_theCookieAuthorizesNothingElse() {
        Map<String, String> headers = Map.of("origin", here, "cookie", cookie(login(here)));

        for (String path : new String[] {"/api/v1/auth/me", "/api/v1/users", "/api/v1/keys"}) {
            assertThat(server.call("GET", path, null, null, headers).status()).isEqualTo(401);
        }
        assertThat(server.call("POST", "/api/v1/auth/logout", null, null, headers)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void withoutOneClearCookieThereIsNothingToRefresh() {
        String cookie = cookie(login(here));

        assertThat(refresh(null, here, null).code()).isEqualTo("no_refresh_token");
        assertThat(refresh("other=1", here, null).code()).isEqualTo("no_refresh_token");
        assertThat(refresh("jarvis_refresh=forged; " + cookie, here, null).code())
                .isEqualTo("no_refresh_token");
        assertThat(refresh("jarvis_refresh=forged", here, null).code()).isEqualTo("invalid_refresh_token");
        assertThat(refresh("__Host-" + cookie, here, null).code()).isEqualTo("no_refresh_token");
        assertThat(refresh("other=1; " + cookie + "; more=2", here, null).status())
                .isEqualTo(200);
    }

    @Test
    void oddFormsOfASessionAreRefused() {
        server.administrator();
        for (String session : new String[] {"\"jar\"", "true", "null", "\"COOKIE\""}) {
            String body = LOGIN.replace("\"cookie\"", session);
            assertThat(server.call("POST", "/api/v1/auth/login", null, body).status())
                    .isEqualTo(400);
        }
    }

    private Answer login(@Nullable String origin) {
        return login(origin, null);
    }

    private Answer login(@Nullable String origin, @Nullable String site) {
        if (server.count("SELECT count(*) FROM users") == 0) {
            server.administrator();
        }
        return server.call("POST", "/api/v1/auth/login", null, LOGIN, headers(null, origin, site));
    }

    private Answer refresh(@Nullable String cookie, @Nullable String origin, @Nullable String site) {
        return server.call("POST", "/api/v1/auth/refresh", null, null, headers(cookie, origin, site));
    }

    private static Map<String, String> headers(
            @Nullable String cookie, @Nullable String origin, @Nullable String site) {
        Map<String, String> headers = new HashMap<>();
        if (cookie != null) {
            headers.put("cookie", cookie);
        }
        if (origin != null) {
            headers.put("origin", origin);
        }
        if (site != null) {
            headers.put("sec-fetch-site", site);
        }
        return headers;
    }

    private static String cookie(Answer answer) {
        String header = answer.header("set-cookie");
        return header.substring(0, header.indexOf(';'));
    }
}
