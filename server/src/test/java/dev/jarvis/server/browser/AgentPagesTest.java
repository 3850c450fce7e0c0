package dev.jarvis.server.browser;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.jarvis.server.mcp.RudeMcpServer;
import dev.jarvis.server.testing.LongConversation;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Gate;
import dev.jarvis.testkit.provider.ReceivedRequest;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Agents through their pages: made with nothing but a model, talked to, looked into step by step. */
class AgentPagesTest extends BrowserTest {
    /** A picture of one pixel. */
    private static final String DOT =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    @Override
    protected TestingServer.Builder configured(TestingServer.Builder builder) {
        return builder.withSetting("JARVIS_ATTACHMENT_MAX", "64KiB");
    }

    @BeforeAll
    void addAModel() {
        server.createModel("talker", Map.of("input_price", "1", "output_price", "2", "currency", "USD"));
        server.awaitCallable("talker");
    }

    @AfterEach
    void forgetScripts() {
        provider.reset();
    }

    @Test
    void whatIsGoneIsSaidInTheReadersLanguageWithTheWayBack() {
        Visitor visitor = administrator(Look.CHINESE).expects(404);
        Page page = visitor.open("/agents/00000000-0000-7000-8000-0000000000aa");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("智能体不存在");
        assertThat(page.getByRole(AriaRole.BUTTON, named("重试"))).hasCount(0);
        page.getByRole(AriaRole.ALERT).getByRole(AriaRole.LINK).click();
        page.waitForURL("**/agents");
    }

    /** The description's flow for users; the key of the provider is on the last leg of the way and nowhere before. */
    @Test
    void oneMakesAnAgentWithOnlyAModelAndSeesAnAnswerWithAToolCallAndItsCost() {
        provider.scriptNext(
                Script.chat().toolCall("calculator", "{\"expression\":\"0.1+0.2\"}"),
                Script.chat().words("It is", " **0.3**."));
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/agents/new");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                .first()
                .fill("Reckoner");
        choose(page, "Model", "talker");
        tick(page.getByRole(AriaRole.CHECKBOX, named("^Calculator")));
        assertThat(page.locator("input[name*=key], input[name*=base_url], input[type=password]"))
                .hasCount(0);
        visitor.screenshot("agent-form");
        page.getByRole(AriaRole.BUTTON, named("^Create$")).click();

        page.waitForURL(Pattern.compile("/agents/[0-9a-f-]{36}"));
        Locator message = page.getByLabel("Your message");
        message.fill("What is 0.1 + 0.2?");
        message.press("Enter");

        Locator answer = page.getByRole(AriaRole.ARTICLE).filter(new Locator.FilterOptions().setHasText("It is 0.3."));
        seen(answer);
        seen(answer.getByText(Pattern.compile("tokens · \\$0\\.")));
        visitor.screenshot("agent-answer");

        answer.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("3 steps"))
                .click();
        seen(page.getByText("2. calculator"));
        visitor.screenshot("run");

        assertThat(provider.received())
                .filteredOn(request -> request.bodyText().contains("What is 0.1 + 0.2?"))
                .hasSize(2)
                .allSatisfy(AgentPagesTest::carriesOnlyTheProvidersKey);
    }

    @Test
    void anAnswerThatFailsSaysWhyAndCanBeAskedForAgainAndBothVersionsStay() {
        Visitor visitor = administrator(Look.CHINESE.dark());
        Page page = visitor.open("/agents/new?example=translator");
        choose(page, "模型", "talker");
        page.getByRole(AriaRole.BUTTON, named("新建")).click();
        page.waitForURL(Pattern.compile("/agents/[0-9a-f-]{36}"));

        provider.script(Script.chat().words("First", " answer"));
        page.getByLabel("消息内容").fill("你好");
        page.getByRole(AriaRole.BUTTON, named("发送")).click();
        seen(page.getByText("First answer"));

        provider.script(Script.chat().words("Second", " answer"));
        page.getByRole(AriaRole.BUTTON, named("重新回答")).click();
        seen(page.getByText("Second answer"));
        gone(page.getByText("First answer"));
        visitor.screenshot("agent-versions");

        page.getByRole(AriaRole.BUTTON, named("上一版本")).click();
        seen(page.getByText("First answer"));

        provider.script(Script.chat().words("Third", " answer"));
        page.getByRole(AriaRole.BUTTON, named("编辑并重新提问")).click();
        page.getByLabel("编辑消息").fill("你好吗");
        page.getByRole(AriaRole.BUTTON, named("重新发送")).click();
        seen(page.getByText("Third answer"));
        gone(page.getByText("First answer"));
        page.getByRole(AriaRole.GROUP, named("消息版本"))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("上一版本"))
                .click();
        seen(page.getByText("Second answer"));
        gone(page.getByText("Third answer"));
    }

    @Test
    void aCallIsAllowedAnAnswerStoppedAndAnAgentTakenBackToAnEarlierVersion() {
        String agent = server.admin()
                .post(
                        "/api/v1/agents",
                        Map.of(
                                "name",
                                "Careful",
                                "instructions",
                                "Be brief.",
                                "model",
                                Map.of("model_id", "talker"),
                                "tools",
                                List.of(Map.of("type", "builtin", "name", "calculator", "approval", true))))
                .expect(201)
                .text("/id");
        server.admin()
                .put("/api/v1/agents/" + agent, Map.of("instructions", "Be verbose."))
                .expect(200);
        Gate gate = new Gate();
        provider.scriptNext(
                Script.chat().toolCall("calculator", "{\"expression\":\"6*7\"}"),
                Scripts.tokensThen(3, new Step.Pause(gate)));
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/agents/" + agent);
        page.getByLabel("Your message").fill("How much is it?");
        page.getByLabel("Your message").press("Enter");

        seen(page.getByText("May the agent do this?"));
        visitor.screenshot("agent-asks");
        page.getByRole(AriaRole.BUTTON, named("^Allow$")).click();
        seen(page.getByText("t0 t1 t2"));
        page.getByRole(AriaRole.BUTTON, named("^Stop$")).click();
        seen(page.getByText("The answer was stopped."));
        gate.open();

        page.getByRole(AriaRole.LINK, named("Edit agent")).click();
        page.getByRole(AriaRole.BUTTON, named("Version 2$")).click();
        Locator drawer = page.getByRole(AriaRole.DIALOG);
        drawer.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Compare"))
                .click();
        assertThat(drawer.locator("del")).hasText("Be brief.");
        assertThat(drawer.locator("ins")).hasText("Be verbose.");
        visitor.screenshot("agent-compare");
        drawer.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Restore"))
                .click();
        seen(page.getByRole(AriaRole.BUTTON, named("Version 3$")));
        assertThat(page.getByLabel("Instructions", new Page.GetByLabelOptions().setExact(true)))
                .hasValue("Be brief.");
    }

    @Test
    void aLongConversationShowsItsEndAndMoreOfItWhenAskedWithTheCostOfEveryAnswer() {
        String agent = server.admin()
                .post("/api/v1/agents", Map.of("name", "Talker", "model", Map.of("model_id", "talker")))
                .expect(201)
                .text("/id");
        String conversation = server.admin()
                .post("/api/v1/conversations", Map.of("agent_id", agent))
                .expect(201)
                .text("/id");
        String run = server.admin()
                .post("/api/v1/conversations/" + conversation + "/messages", Map.of("text", "tokens=3"))
                .expect(202)
                .text("/run/id");
        Await.until(
                "the run's cost is known",
                () -> server.admin().get("/api/v1/runs/" + run).body().contains("\"amount\":\"0.0"));
        LongConversation.prolong(server.database(), conversation, 60);
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/agents/" + agent + "?conversation=" + conversation);
        Locator answers = page.getByRole(AriaRole.ARTICLE);
        Locator costs = answers.getByText(Pattern.compile("tokens · \\$0\\.0"));

        seen(page.getByText("answer 60", new Page.GetByTextOptions().setExact(true)));
        assertThat(answers).hasCount(25);
        assertThat(costs).hasCount(25);
        Locator oldest = page.getByText("question 36", new Page.GetByTextOptions().setExact(true));
        oldest.scrollIntoViewIfNeeded();
        visitor.screenshot("agent-long");
        page.getByRole(AriaRole.BUTTON, named("Show earlier messages")).click();
        assertThat(answers).hasCount(50);
        assertThat(costs).hasCount(50);
        assertThat(oldest).isInViewport();
        page.getByRole(AriaRole.BUTTON, named("Show earlier messages")).click();
        assertThat(answers).hasCount(61);
        gone(page.getByRole(AriaRole.BUTTON, named("Show earlier messages")));
    }

    /** A tool is read and allowed by an administrator, picked by a user, and called by the user's agent. */
    @Test
    void anAdministratorAllowsAToolOfAnMcpServerAndAUsersAgentCallsIt() {
        try (RudeMcpServer peer = new RudeMcpServer()) {
            peer.lists(
                    RudeMcpServer.tool("find_ticket", "Finds a ticket by its number.", "{\"type\":\"object\"}"),
                    RudeMcpServer.tool("delete_ticket", "Deletes a ticket.", "{\"type\":\"object\"}"));
            peer.returns("{\"content\":[{\"type\":\"text\",\"text\":\"Ticket 7 is open.\"}]}");
            Visitor admin = administrator(Look.CHINESE);
            Page servers = admin.open("/admin/mcp-servers");
            servers.getByRole(AriaRole.BUTTON, named("添加 MCP 服务器")).first().click();
            servers.getByLabel("名称").fill("Tickets");
            servers.getByLabel("地址").fill(peer.url().toString());
            servers.getByRole(AriaRole.BUTTON, named("^新建$")).click();
            Locator tool = servers.locator(".ant-drawer .ant-card")
                    .filter(new Locator.FilterOptions().setHasText("Finds a ticket by its number."));
            tool.getByLabel("放行").click();
            tool.getByLabel("每次调用需人工确认").click();
            assertThat(tool.getByLabel("每次调用需人工确认")).not().isChecked();
            admin.screenshot("mcp-tools");
            Axe.findsNothing(servers);

            server.admin()
                    .post(
                            "/api/v1/users",
                            Map.of(
                                    "username",
                                    "carol",
                                    "email",
                                    "carol@example.com",
                                    "password",
                                    "a long enough password"))
                    .expect(201);
            provider.scriptNext(
                    Script.chat().toolCall("mcp_tickets_find_ticket", "{}"),
                    Script.chat().words("Still", " open."));
            Visitor carol = visitor(Look.ENGLISH.dark()).logIn("carol", "a long enough password");
            Page page = carol.open("/agents/new");
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                    .first()
                    .fill("Clerk");
            choose(page, "Model", "talker");
            gone(page.getByText("Deletes a ticket."));
            tick(page.getByRole(AriaRole.CHECKBOX, named("^find_ticket")));
            carol.screenshot("agent-form-mcp");
            page.getByRole(AriaRole.BUTTON, named("^Create$")).click();
            page.waitForURL(Pattern.compile("/agents/[0-9a-f-]{36}"));
            page.getByLabel("Your message").fill("Is ticket 7 open?");
            page.getByLabel("Your message").press("Enter");
            seen(page.getByText("Still open."));
            page.getByRole(AriaRole.LINK, named("^3 steps$")).click();
            seen(page.getByText("2. mcp_tickets_find_ticket"));
            carol.screenshot("run-mcp");
            assertThat(peer.methods()).contains("tools/call");
        }
    }

    @Test
    void filesOfAMessageReachTheModelAndAreSeenAgain() {
        server.createModel("seer", Map.of("supports_vision", true));
        String agent = server.admin()
                .post("/api/v1/agents", Map.of("name", "看图助手", "model", Map.of("model_id", "seer")))
                .expect(201)
                .text("/id");
        provider.scriptNext(Script.chat().words("I see", " both."));
        Visitor visitor = administrator(Look.CHINESE).expects(400);
        Page page = visitor.open("/agents/" + agent);
        Locator files = page.getByRole(AriaRole.LIST, named("文件"));
        page.locator("input[type=file]")
                .setInputFiles(new FilePayload(
                        "large.txt", "text/plain", "x".repeat((64 << 10) + 1).getBytes(StandardCharsets.UTF_8)));
        seen(page.getByText("单个文件不能超过 64 KB。"));
        page.locator("input[type=file]")
                .setInputFiles(new FilePayload(
                        "notes.txt", "text/plain", "Remember the milk".getBytes(StandardCharsets.UTF_8)));
        give(page, "paste", "dot.png", "image/png", DOT);
        give(page, "drop", "broken.pdf", "application/pdf", "JVBERi0xLjcgYnJva2Vu");
        seen(files.getByText("PDF 已损坏，请重新保存。"));
        assertThat(page.getByRole(AriaRole.BUTTON, named("发送"))).isDisabled();
        visitor.screenshot("agent-files");
        page.getByRole(AriaRole.BUTTON, named("移除 broken.pdf")).click();
        page.getByLabel("消息内容").fill("里面有什么？");
        page.getByRole(AriaRole.BUTTON, named("发送")).click();

        Locator answer = page.getByRole(AriaRole.ARTICLE)
                .filter(new Locator.FilterOptions().setHasText("I see both."))
                .filter(new Locator.FilterOptions().setHasText("1 步"));
        seen(answer);
        seen(page.getByRole(AriaRole.IMG, named("dot.png")));
        seen(page.getByRole(AriaRole.BUTTON, named("下载 notes.txt")));
        visitor.screenshot("agent-files-sent");
        String sent = provider.received().getLast().bodyText();
        assertThat(sent).contains("Remember the milk", "data:image/png;base64," + DOT);
        Download saved = page.waitForDownload(
                () -> page.getByRole(AriaRole.BUTTON, named("下载 notes.txt")).click());
        assertThat(saved.suggestedFilename()).isEqualTo("notes.txt");
    }

    @Test
    void whatAgentsRememberIsSeenAndErased() {
        server.admin()
                .post(
                        "/api/v1/agents",
                        Map.of(
                                "name",
                                "Rememberer",
                                "slug",
                                "rememberer",
                                "model",
                                Map.of("model_id", "talker"),
                                "memory",
                                Map.of("facts", true)))
                .expect(201);
        provider.scriptNext(
                Script.chat().toolCall("remember_fact", "{\"fact\":\"Likes <b>green</b> tea.\"}"),
                Script.chat().words("Kept."));
        server.admin()
                .post(
                        "/v1/chat/completions",
                        Map.of(
                                "model",
                                "agent:rememberer",
                                "messages",
                                List.of(Map.of("role", "user", "content", "I like green tea."))))
                .expect(200);
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/facts");
        seen(page.getByText("Likes <b>green</b> tea."));
        visitor.screenshot("facts");
        page.getByRole(AriaRole.BUTTON, named("^Erase: Likes")).click();
        seen(page.getByText("No agent remembers anything of you"));
    }

    @Test
    void whatSomebodyElseSavesOfAnAgentThrowsNothingAwayThatIsTyped() {
        String id = server.admin()
                .post("/api/v1/agents", Map.of("name", "Of two people", "model", Map.of("model_id", "talker")))
                .expect(201)
                .text("/id");
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/agents/" + id + "/edit");
        page.getByLabel("Description").first().fill("Mine");

        server.admin().put("/api/v1/agents/" + id, Map.of("name", "Theirs")).expect(200);

        seen(page.getByText("Somebody saved version 2 of this agent meanwhile"));
        assertThat(page.getByLabel("Description").first()).hasValue("Mine");
        visitor.screenshot("agent-form-newer");
        page.getByRole(AriaRole.LINK, named("^Home$")).click();
        page.getByRole(AriaRole.BUTTON, named("^Stay$")).click();
        page.getByRole(AriaRole.BUTTON, named("^Keep mine$")).click();
        page.getByRole(AriaRole.BUTTON, named("^Save$")).click();

        page.waitForURL("**/agents/" + id);
        assertThat(server.admin().get("/api/v1/agents/" + id).text("/description"))
                .isEqualTo("Mine");
    }

    @Test
    void theListIsUsableOnAPhone() {
        Visitor visitor = administrator(Look.CHINESE.on(Look.Size.PHONE));
        Page page = visitor.open("/agents");

        seen(page.getByText("从示例开始"));
        visitor.screenshot("agents");
        page.waitForFunction("document.documentElement.scrollWidth === document.documentElement.clientWidth");
    }

    private static void carriesOnlyTheProvidersKey(ReceivedRequest request) {
        assertThat(request.key()).isEqualTo(TestingServer.providerKey("talker"));
        assertThat(request.bodyText()).doesNotContain("eyJ").doesNotContain("sk-jv-");
    }

    /** A file that is pasted into the message, or dropped on it. */
    private static void give(Page page, String how, String name, String type, String base64) {
        page.getByLabel("消息内容").evaluate("""
                        (box, [how, name, type, base64]) => {
                          const given = new DataTransfer();
                          given.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, {type}));
                          const about = {bubbles: true, cancelable: true};
                          box.dispatchEvent(how === 'paste' ? new ClipboardEvent(how, {...about, clipboardData: given})
                            : new DragEvent(how, {...about, dataTransfer: given}));
                        }""", List.of(how, name, type, base64));
    }

    private static void choose(Page page, String label, String option) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).click();
        page.locator(".ant-select-item-option")
                .filter(new Locator.FilterOptions().setHasText(option))
                .first()
                .click();
    }

    private static Page.GetByRoleOptions named(String pattern) {
        return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
    }
}
