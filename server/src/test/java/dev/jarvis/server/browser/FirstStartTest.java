package dev.jarvis.server.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.jarvis.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * From nothing to the first answer, as somebody does it who has read no documentation. A decision is a value to enter or a way
 * to choose; confirming what was entered is none.
 */
class FirstStartTest {
    private static final Pattern TOKEN = Pattern.compile("setup-[A-Za-z0-9_-]{43}");
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MOST_DECISIONS = 5;

    private int decisions;

    @Test
    void theFirstAnswerTakesAMinuteAndFiveDecisions(@TempDir Path directory) {
        Chromium.browser();
        long started = System.nanoTime();
        Map<String, String> environment =
                Map.of("JARVIS_DATA_DIR", directory.resolve("data").toString(), "JARVIS_DRAIN_TIMEOUT", "1s");
        try (ServerProcess server = ServerProcess.start(environment, directory);
                Visitor visitor = new Visitor(server.base(), Look.ENGLISH)) {
            Page page = visitor.open("/");
            page.waitForURL("**/setup");
            visitor.screenshot("setup");
            enter(page, "Setup token", tokenOf(server.output()));
            enter(page, "E-mail", "first@example.com");
            enter(page, "Password", "a long enough password");
            confirm(page, "Create administrator");
            page.waitForURL("**/admin/start");
            visitor.screenshot("after-setup");

            choose(page, "Chat");
            enter(page, "Your message", "Hello");
            page.keyboard().press("Enter");
            assertThat(page.locator("#content")).containsText(Pattern.compile("token", Pattern.CASE_INSENSITIVE));
            assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop")))
                    .hasCount(0);
            visitor.screenshot("first-answer");

            assertThat(visitor.faults()).isEmpty();
        }
        assertThat(decisions).isLessThanOrEqualTo(MOST_DECISIONS);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LONGEST);
    }

    private void enter(Page page, String label, String value) {
        decisions++;
        page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(Pattern.compile("^" + label)))
                .fill(value);
    }

    private void choose(Page page, String link) {
        decisions++;
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
                .click();
    }

    private static void confirm(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }

    private static String tokenOf(String log) {
        Matcher token = TOKEN.matcher(log);
        assertThat(token.find()).as("the log shows a setup token").isTrue();
        return token.group();
    }
}
