package dev.jarvis.server.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.jarvis.server.testing.Api;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.Scripts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** An administrator's pages of money and calls: overview, reports, budgets, the call log. */
class MoneyPagesTest extends BrowserTest {
    private static final String PASSWORD = "long enough for us";
    /** Pages ask again every five seconds; longer than Playwright's own patience. */
    private static final int LIVE_MILLIS = 20_000;

    @BeforeEach
    void answerEverything() {
        provider.reset();
        provider.script(Script.chat());
    }

    /** An answer of 600 tokens costs 5.4 cents at the new price; 9 cents are set aside for it, which are not left after the first. */
    @Test
    void tenCentsAreGivenUsedUpReadInTheChatToppedUpAndReported() {
        String model = server.createModel("spends", Map.of("max_tokens", 1_000));
        Api spender = server.anonymous().as(user("spender"));
        String id = server.admin().get("/api/v1/users?q=spender").text("/data/0/id");
        Page admin = administrator(Look.ENGLISH).open("/admin/prices?q=spends&model=" + model);
        admin.getByRole(AriaRole.BUTTON, named("^New version$")).click();
        admin.getByLabel("Input", exactly()).fill("10");
        admin.getByLabel("Output", exactly()).fill("90");
        admin.getByRole(AriaRole.BUTTON, named("Save new version")).click();
        seen(admin.getByText("Version 2"));

        admin.navigate("/admin/budgets?scope=user&subject_id=" + id);
        admin.getByRole(AriaRole.BUTTON, named("New budget")).first().click();
        admin.getByLabel("Amount of each window").fill("0.10");
        admin.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, inside("^Create$"))
                .click();
        Locator row = admin.getByRole(AriaRole.ROW, named("spender"));
        assertThat(row).containsText("$0.10 left");
        Await.until(
                "price and budget are in force",
                () -> chat(spender, "spends", 2).status() == 402);

        provider.script(Script.chat().tokens(600));
        Visitor visitor = visitor(Look.CHINESE).logIn("spender", PASSWORD).expects(402);
        Page page = visitor.open("/chat?model=spends");
        say(page, "写一首诗");
        seen(page.getByText("$0.054"));
        say(page, "再写一首");
        Locator refusal = page.locator(".chat-failure");
        assertThat(refusal).containsText("个人预算不足以支付此次提问");
        assertThat(refusal).containsText(Pattern.compile("当前剩余 \\$0\\.04\\d*，共 \\$0\\.10"), patient());
        visitor.screenshot("chat-budget-left");

        admin.reload();
        assertThat(row).containsText("$0.054 of $0.10", patient());
        row.getByRole(AriaRole.BUTTON, inside("Top up spender")).click();
        admin.getByLabel("Add", exactly()).fill("0.10");
        admin.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, inside("^Top up$"))
                .click();
        assertThat(row).containsText("of $0.20");
        provider.script(Script.chat().words("床前明月光"));
        Await.until("the top-up is in force", () -> chat(spender, "spends").status() == 200);
        refusal.getByRole(AriaRole.BUTTON, inside("重试")).click();
        seen(page.getByText("床前明月光"));
        gone(refusal);

        admin.navigate("/admin/usage?by=user&range=today");
        Locator line = admin.getByRole(AriaRole.ROW, named("^spender "));
        assertThat(line).containsText("$0.06", patient());
    }

    @Test
    void aLimitIsSetAndLifted() {
        server.createModel("slow");
        Api caller = server.anonymous().as(user("hasty"));
        Visitor visitor = administrator(Look.CHINESE);
        Page page = visitor.open("/admin/limits");

        page.getByRole(AriaRole.BUTTON, named("新建限流")).first().click();
        Locator form = page.getByRole(AriaRole.DIALOG);
        form.getByRole(AriaRole.COMBOBOX, inside("请选择")).fill("hast");
        page.locator(".picker-option")
                .filter(new Locator.FilterOptions().setHasText("hasty"))
                .first()
                .click();
        form.getByLabel("每分钟请求数").fill("1");
        form.getByRole(AriaRole.BUTTON, inside("^新建$")).click();

        Locator row = page.getByRole(AriaRole.ROW, named("hasty"));
        seen(row);
        visitor.screenshot("limits");
        Await.until("the limit is felt", () -> chat(caller, "slow").status() == 429);
        row.getByRole(AriaRole.BUTTON, inside("^解除 hasty 的限流$")).click();
        page.getByRole(AriaRole.BUTTON, named("^解除$")).last().click();
        gone(row);
        Await.until("it may call again", () -> chat(caller, "slow").status() == 200);
    }

    @Test
    void aReportIsDrilledDownAndTheAddressKeepsIt() {
        server.createModel("deep");
        Api caller = server.anonymous().as(user("digger"));
        chat(caller, "deep").expect(200);
        chat(caller, "deep").expect(200);
        awaitRecords("deep", 2);
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/admin/usage?by=model&range=today");

        page.getByRole(AriaRole.BUTTON, named("^deep$")).click();
        page.waitForURL("**/admin/usage?**model=deep**");
        page.getByRole(AriaRole.BUTTON, named("^digger$")).click();
        page.waitForURL("**user_id=**");
        Locator line = page.getByRole(AriaRole.ROW, named("^deep "));
        seen(line);
        visitor.screenshot("cost");
        page.reload();
        seen(line);
        page.getByRole(AriaRole.LINK, named("Single calls")).click();
        page.waitForURL("**/admin/calls?**model=deep**");
        assertThat(page.getByRole(AriaRole.ROW, named("digger"))).hasCount(2);
        page.goBack();
        page.goBack();
        seen(page.getByRole(AriaRole.BUTTON, named("^digger$")));
    }

    @Test
    void whatARestoreLostIsSaidWhereUsageIsShown() {
        server.database().execute("""
                INSERT INTO usage_losses (node_id, settled_before, lost) SELECT id, 10, 1234 FROM gateway_nodes LIMIT 1
                """);
        Visitor visitor = administrator(Look.CHINESE);
        Page page = visitor.open("/admin");
        seen(page.getByText("恢复数据库时丢失了 1,234 条用量记录"));

        page.navigate("/admin/usage?by=model&range=today");
        Locator notice = page.getByRole(AriaRole.ALERT).filter(having("1,234"));
        notice.getByRole(AriaRole.BUTTON, inside("查看")).click();
        assertThat(page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.ROW, inside("1,234")))
                .hasCount(1);
        visitor.screenshot("usage-losses");
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.LINK, inside("用提供商账单核对"))
                .click();
        page.waitForURL("**/admin/reconciliation");
        server.database().execute("DELETE FROM usage_losses");
    }

    @Test
    void aReportIsSavedAsAFile() {
        Visitor visitor = administrator(Look.CHINESE);
        Page page = visitor.open("/admin/usage?by=model&range=today");

        page.getByRole(AriaRole.BUTTON, named("导出")).click();
        var file = page.waitForDownload(
                () -> page.getByRole(AriaRole.MENUITEM, named("CSV")).click());

        assertThat(file.suggestedFilename()).endsWith("-model.csv");
    }

    @Test
    void oneCallIsFoundByItsIdAndTellsItsStory() {
        server.createModel("found");
        String request =
                chat(server.admin(), "found").expect(200).header("x-request-id").orElseThrow();
        awaitRecords("found", 1);
        Visitor visitor = administrator(Look.CHINESE);
        Page page = visitor.open("/admin/calls");

        page.getByLabel("请求编号").fill(request);
        page.waitForURL("**request_id=**");
        page.getByRole(AriaRole.ROW, named("found")).getByRole(AriaRole.LINK).click();

        page.waitForURL(Pattern.compile("/admin/calls/[0-9a-f-]{36}$"));
        seen(page.getByText(request));
        assertThat(page.getByRole(AriaRole.TABLE).first()).containsText("输出");
        seen(page.getByText("按第 1 版价格计费"));
        visitor.screenshot("call");

        page.getByRole(AriaRole.MAIN).getByRole(AriaRole.LINK, inside("^调用日志$")).click();
        page.waitForURL("**/admin/calls?request_id=**");
    }

    @Test
    void whatFailedIsOnTheOverviewWithoutAReload() {
        server.createModel("fails");
        Visitor visitor = administrator(Look.CHINESE.dark());
        Page page = visitor.open("/admin");
        seen(page.getByText("最近错误"));

        provider.script(Scripts.serverError(500));
        assertThat(chat(server.admin(), "fails").status()).isGreaterThanOrEqualTo(500);

        seen(page.getByRole(AriaRole.LINK, named("^fails · scripted$")), LIVE_MILLIS);
        provider.script(Scripts.invalidKey());
        chat(server.admin(), "fails").expect(502);
        seen(page.getByText(Pattern.compile("提供商不接受该密钥（401） · .*不可用 · .*重试")), LIVE_MILLIS);
        visitor.screenshot("overview");
    }

    @Test
    void recordsAreChargedAgainByTheRightPriceOnceTheDifferenceWasSeen() {
        String id = server.createModel("wrongly-priced");
        chat(server.admin(), "wrongly-priced").expect(200);
        awaitRecords("wrongly-priced", 1);
        server.admin()
                .post(
                        "/api/v1/llm-models/" + id + "/prices",
                        Map.of("currency", "USD", "rates", Map.of("input", "10", "output", "20")))
                .expect(201);
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/admin/prices?tab=rerate");

        page.getByRole(AriaRole.COMBOBOX, named("^Model$")).fill("wrongly");
        option(page, "wrongly-priced").click();
        page.getByLabel("Version that is right").click();
        option(page, "Version 2").click();
        page.getByRole(AriaRole.BUTTON, named("^Show the difference$")).click();
        page.getByRole(AriaRole.BUTTON, named("^Correct 1 record$")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        visitor.screenshot("rerate-confirm");
        dialog.getByRole(AriaRole.TEXTBOX).fill("wrongly-priced");
        dialog.getByRole(AriaRole.BUTTON, inside("^Correct 1 record$")).click();

        gone(dialog);
        seen(page.getByText("1 record is corrected"));
        JsonNode record = server.admin()
                .get("/api/v1/usage/records?model=wrongly-priced")
                .json()
                .at("/data/0");
        assertThat(record.at("/corrected").asBoolean()).isTrue();
        assertThat(record.at("/price_version").asInt()).isEqualTo(2);
    }

    private static Locator option(Page page, String text) {
        return page.locator(".ant-select-item-option")
                .filter(new Locator.FilterOptions().setHasText(text))
                .first();
    }

    private String user(String name) {
        server.admin()
                .post(
                        "/api/v1/users",
                        Map.of("username", name, "email", name + "@example.com", "password", PASSWORD, "role", "user"))
                .expect(201);
        return server.login(name, PASSWORD);
    }

    private static ApiAnswer chat(Api api, String model) {
        return chat(api, model, 1);
    }

    private static ApiAnswer chat(Api api, String model, int choices) {
        return api.post(
                "/v1/chat/completions",
                Map.of("model", model, "n", choices, "messages", List.of(Map.of("role", "user", "content", "hello"))));
    }

    private static void say(Page page, String text) {
        page.locator(".talk-box textarea").fill(text);
        page.locator(".talk-box textarea").press("Enter");
    }

    private static LocatorAssertions.ContainsTextOptions patient() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(LIVE_MILLIS);
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private void awaitRecords(String model, int count) {
        Await.until(
                count + " records of " + model,
                () -> server.usage().stream()
                                .filter(row -> row.model().equals(model))
                                .count()
                        >= count);
    }

    private static Page.GetByRoleOptions named(String pattern) {
        return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
    }

    private static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static Locator.GetByRoleOptions inside(String pattern) {
        return new Locator.GetByRoleOptions().setName(Pattern.compile(pattern));
    }
}
