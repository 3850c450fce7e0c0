package dev.jarvis.server.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.jarvis.server.testing.Api;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.Usage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What everybody who uses models sees: home, models, keys, usage, account. */
class UserPagesTest extends BrowserTest {
    private static final String PASSWORD = "correct horse battery";
    private static final Map<String, Object> HELLO =
            Map.of("model", "reader", "messages", List.of(Map.of("role", "user", "content", "Hi")));

    @BeforeAll
    void somethingToSee() {
        server.createModel("reader", Map.of("max_tokens", 1000, "context_window", 128_000));
        provider.script(Script.chat().words("ok").usage(Usage.of(1000, 2000)));
    }

    @Test
    void aKeyIsShownOnceWorksAndIsRevokedByName() {
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/keys?create=true");

        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("my program");
        page.getByRole(AriaRole.BUTTON, named("Create key")).click();
        String key = valueOf(page.getByLabel("The new key"), "^sk-jv-.+");
        assertThat(page.locator(".code-block:visible")).containsText(server.base() + "/v1/chat/completions");
        assertThat(page.locator(".code-block:visible")).containsText(key);
        Axe.findsNothing(page);
        visitor.screenshot("key-created");

        ApiAnswer answer = server.anonymous().as(key).post("/v1/chat/completions", HELLO);
        assertThat(answer.status()).isEqualTo(200);

        page.getByRole(AriaRole.BUTTON, named("I have stored it")).click();
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        assertThat(page.content()).doesNotContain(key);
        page.getByRole(AriaRole.ROW, named("my program"))
                .getByRole(AriaRole.BUTTON, button("Revoke"))
                .click();
        assertThat(page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, button("Revoke")))
                .isDisabled();
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.TEXTBOX).fill("my program");
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, button("Revoke"))
                .click();
        assertThat(page.getByRole(AriaRole.ROW, named("my program"))).containsText("Revoked");

        page.getByRole(AriaRole.LINK, named("^Usage of my program$")).click();
        page.waitForURL("**/usage?**key=**");
        seen(page.getByRole(AriaRole.HEADING, named("^My usage$")));
    }

    @Test
    void anEmptyBudgetIsReadInTheChatAndOnTheHomePage() {
        String id = user("saver");
        Map<String, Object> budget =
                new HashMap<>(Map.of("name", "A little", "scope", "user", "subject_id", id, "unit", "USD"));
        budget.putAll(Map.of("amount", "0.000001", "period", "month", "time_zone", "Asia/Shanghai"));
        server.admin().post("/api/v1/budgets", budget).expect(201);
        Api saver = server.anonymous().as(server.login("saver", PASSWORD));
        Await.until(
                "the budget is in force",
                () -> saver.post("/v1/chat/completions", HELLO).status() == 402);
        Visitor visitor = visitor(Look.CHINESE).logIn("saver", PASSWORD).expects(402);
        Page page = visitor.open("/");
        seen(page.getByText("A little"));

        page.navigate("/chat?model=reader");
        page.locator(".talk-box textarea").fill("写一首诗");
        page.locator(".talk-box textarea").press("Enter");

        seen(page.getByText("个人预算不足以支付此次提问"));
        assertThat(page.locator(".chat-failure")).containsText("重置");
        seen(page.getByRole(AriaRole.LINK, named("查看预算")));
        visitor.screenshot("chat-budget");

        String agent = saver.post("/api/v1/agents", Map.of("name", "省钱的", "model", Map.of("model_id", "reader")))
                .expect(201)
                .text("/id");
        visitor.go("/agents/" + agent);
        page.getByLabel("消息内容").fill("写一首诗");
        page.getByLabel("消息内容").press("Enter");
        seen(page.getByText("预算余额不足"));
        visitor.screenshot("agent-budget");
    }

    @Test
    void oneSeesWhatACallCostLineByLine() {
        String key = server.createCallerKey("accountant");
        server.anonymous().as(key).post("/v1/chat/completions", HELLO).expect(200);
        server.awaitUsage(1);
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/usage");

        page.getByRole(AriaRole.BUTTON, named("^accountant$")).click();
        page.waitForURL("**/usage?**key=**");
        page.locator("tr", new Page.LocatorOptions().setHasText("Completed"))
                .last()
                .getByRole(AriaRole.BUTTON)
                .click();

        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("How the cost comes about");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("1,000");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("$0.005");
        visitor.screenshot("usage-record");
    }

    @Test
    void aModelIsFoundReadAndTried() {
        Page page = administrator(Look.CHINESE).open("/models?q=reader");

        assertThat(page.getByRole(AriaRole.ARTICLE)).hasCount(1);
        assertThat(page.getByRole(AriaRole.ARTICLE)).containsText("$1.00");
        Locator vision = page.getByRole(AriaRole.CHECKBOX);
        tick(vision);
        page.waitForURL("**vision=true**");
        vision.uncheck();
        page.getByRole(AriaRole.BUTTON, named("详情")).click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("128,000 令牌");
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.LINK).click();
        page.waitForURL("**/chat");
        assertThat(page.locator(".chat-picker").first()).containsText("Test model reader");
    }

    @Test
    void aPasswordIsChangedAndTheOldOneIsRefused() {
        user("changer");
        Page page =
                visitor(Look.ENGLISH).logIn("changer", PASSWORD).expects(400).open("/account");

        password(page, "wrong " + PASSWORD, "a new and long one");
        seen(page.getByText("The current password is wrong."));
        password(page, PASSWORD, "a new and long one");

        seen(page.getByText("Your password is changed"));
        assertThat(server.login("changer", "a new and long one")).isNotEmpty();
    }

    @Test
    void somebodyWithNothingButTheDemoIsToldWhatComesNext() {
        user("beginner");
        Visitor visitor = visitor(Look.ENGLISH).logIn("beginner", PASSWORD);
        Page page = visitor.open("/");

        seen(page.getByText("No calls yet"));
        seen(page.getByText("No budget limits you."));
        page.getByRole(AriaRole.LINK, named("Make a key")).click();
        seen(page.getByRole(AriaRole.DIALOG));
    }

    private String user(String name) {
        return server.admin()
                .post(
                        "/api/v1/users",
                        Map.of("username", name, "email", name + "@example.test", "password", PASSWORD, "role", "user"))
                .expect(201)
                .text("/id");
    }

    private static void password(Page page, String current, String next) {
        page.getByLabel("Current password").fill(current);
        page.getByLabel("New password", new Page.GetByLabelOptions().setExact(true))
                .fill(next);
        page.getByLabel("New password again").fill(next);
        page.getByRole(AriaRole.BUTTON, named("Change password")).click();
    }

    private static Page.GetByRoleOptions named(String pattern) {
        return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
    }

    private static Locator.GetByRoleOptions button(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }
}
