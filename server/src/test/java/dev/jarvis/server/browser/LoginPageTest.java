package dev.jarvis.server.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import dev.jarvis.server.testing.TestingServer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

class LoginPageTest extends BrowserTest {
    @Test
    void oneLogsInStaysLoggedInAfterAReloadAndLogsOut() {
        Visitor visitor = visitor(Look.ENGLISH);
        Page page = visitor.open("/keys");
        visitor.screenshot("login");

        page.getByLabel("User name or e-mail").fill(TestingServer.ADMIN_EMAIL);
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(server.adminPassword());
        page.getByRole(AriaRole.BUTTON, named("Log in")).click();

        page.waitForURL("**/keys");
        page.reload();
        seen(page.getByRole(AriaRole.BUTTON, named("Your account")));
        page.getByRole(AriaRole.BUTTON, named("Your account")).click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Log out"))
                .click();
        page.waitForURL("**/login");
        page.navigate("/keys");
        page.waitForURL("**/login?**");
        assertThat(visitor.context().cookies()).isEmpty();
    }

    @Test
    void aWrongPasswordIsAnsweredInTheReadersLanguage() {
        Visitor visitor = visitor(Look.CHINESE.dark()).expects(401);
        Page page = visitor.open("/login");
        visitor.screenshot("login");

        page.getByLabel("用户名或邮箱").fill(TestingServer.ADMIN_EMAIL);
        page.getByLabel("密码", new Page.GetByLabelOptions().setExact(true)).fill("not the password");
        page.getByRole(AriaRole.BUTTON, named("登录")).click();

        seen(page.getByRole(AriaRole.ALERT));
        visitor.screenshot("login-refused");
    }

    @Test
    void s25_noScriptCanReadATokenThatLasts() {
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/");

        seen(page.getByRole(AriaRole.BUTTON, named("Your account")));
        String readable = (String)
                page.evaluate(
                        "JSON.stringify([document.cookie, {...localStorage}, {...sessionStorage}, document.documentElement.outerHTML])");
        assertThat(readable).doesNotContain("rt-jv-").doesNotContainPattern("eyJ[A-Za-z0-9_-]{10,}");
        List<Cookie> cookies = visitor.context().cookies();
        assertThat(cookies).singleElement().satisfies(cookie -> {
            assertThat(cookie.value).startsWith("rt-jv-");
            assertThat(cookie.httpOnly).isTrue();
        });
    }

    @Test
    void theFirstPageIsPaintedFromFewBytesInAShortChainOfRequests() throws IOException {
        FirstPaint login = FirstPaint.of(visitor(Look.ENGLISH), "/login", "form button[type=submit]");
        FirstPaint home = FirstPaint.of(administrator(Look.CHINESE), "/", "h1");
        Files.writeString(Path.of("target", "first-paint.md"), """
                | page | first paint, ms | kB | requests | chain | largest paint, ms | kB | requests | chain |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|
                """ + login.line("login") + home.line("home"));

        for (FirstPaint page : List.of(login, home)) {
            assertThat(page.kilobytesBefore(page.first())).as(page.toString()).isBetween(50L, 400L);
            assertThat(page.before(page.first()).size()).as(page.toString()).isLessThanOrEqualTo(40);
            assertThat(page.chainBefore(page.first())).as(page.toString()).isLessThanOrEqualTo(4);
            assertThat(page.kilobytesBefore(page.largest())).as(page.toString()).isLessThanOrEqualTo(400);
            assertThat(page.chainBefore(page.largest())).as(page.toString()).isLessThanOrEqualTo(5);
            assertThat(page.largest()).as("not even on a slow machine").isLessThan(15_000);
        }
    }

    private static Page.GetByRoleOptions named(String pattern) {
        return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
    }
}
