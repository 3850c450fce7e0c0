package dev.jarvis.server.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import dev.jarvis.server.testing.TestingServer;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** S25: what a page of another site can do to somebody who is logged in here. */
class OtherSiteTest extends BrowserTest {
    private static final String EVIL = "http://elsewhere.test/";

    @Test
    void s25_anotherSiteCanNeitherUseTheCookieNorReadAnAnswer() {
        // Nobody watches this visitor's pages: what the browser forbids the other site is what is wanted.
        try (BrowserContext victim = loggedIn()) {
            useTheCookieFromElsewhere(victim);
        }
    }

    private void useTheCookieFromElsewhere(BrowserContext victim) {
        String cookie = victim.cookies().getFirst().value;
        Page evil = evilPage(victim, "<p>evil</p>");
        List<Integer> answered = new CopyOnWriteArrayList<>();
        evil.onResponse((Response response) -> {
            if (response.url().startsWith(server.base().toString())) {
                answered.add(response.status());
            }
        });

        for (String mode : List.of("no-cors", "cors")) {
            Object read = evil.evaluate("""
                    ([url, mode]) => fetch(url, {method: 'POST', mode, credentials: 'include'})
                        .then((answer) => answer.text()).catch(() => '')
                    """, List.of(server.base() + "/api/v1/auth/refresh", mode));
            assertThat(read).isEqualTo("");
        }
        Object described = evil.evaluate(
                "(url) => fetch(url).then((answer) => answer.text()).catch(() => '')", server.base() + "/api/v1/setup");
        assertThat(described).isEqualTo("");

        assertThat(answered).doesNotContain(200, 201, 204);
        assertThat(victim.cookies(server.base().toString()))
                .extracting(kept -> kept.value)
                .containsExactly(cookie);
        Page own = victim.newPage();
        own.navigate("/");
        seen(own.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Your account")));
    }

    private BrowserContext loggedIn() {
        BrowserContext context =
                Chromium.browser().newContext(Look.ENGLISH.options(server.base().toString()));
        context.request()
                .post(
                        "/api/v1/auth/login",
                        RequestOptions.create()
                                .setHeader("origin", server.base().toString())
                                .setData(Map.of(
                                        "username",
                                        TestingServer.ADMIN_EMAIL,
                                        "password",
                                        server.adminPassword(),
                                        "session",
                                        "cookie")));
        return context;
    }

    @Test
    void s25_noOtherSiteShowsTheConsoleWithinItself() {
        try (BrowserContext context = Chromium.browser().newContext()) {
            Page evil = evilPage(context, "<iframe src='" + server.base() + "/'></iframe>");

            evil.waitForCondition(() -> evil.frames().size() == 2);
            Frame frame = evil.frames().get(1);

            frame.waitForLoadState();
            assertThat(frame.locator("#root")).hasCount(0);
            assertThat(frame.url()).doesNotStartWith(server.base().toString());
        }
    }

    private static Page evilPage(BrowserContext context, String html) {
        context.route(
                EVIL,
                route -> route.fulfill(
                        new Route.FulfillOptions().setContentType("text/html").setBody("<!doctype html>" + html)));
        Page page = context.newPage();
        page.navigate(EVIL);
        return page;
    }
}
