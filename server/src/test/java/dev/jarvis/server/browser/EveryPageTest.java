package dev.jarvis.server.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.Scripts;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every page, in both languages, themes and on a phone, over data that somebody wrote in order to break it.
 *
 * <p>S25: nothing that users, administrators, providers or models write runs in a page or leads out of it. Where text is
 * taken for HTML, the marker shows in the document, whether or not the Content-Security-Policy would have stopped it then.
 */
class EveryPageTest extends BrowserTest {
    private static final String HOSTILE = "\"'><img src=hostile onerror=hacked()><svg onload=hacked()>{{7*7}}";
    private static final String MARKER = "img[src=hostile], svg[onload], [onerror], script:not([src])";

    private static final String LINKS_ELSEWHERE =
            "#content a[href]:not([href^='http:'], [href^='https:'], [href^='mailto:'], [href^='/'], [href^='#'])";

    private static final Pattern MISTAKES = Pattern.compile("RangeError|TypeError|undefined");

    /** What is the same on every page behind the login, and rows like those above them. */
    private static final List<String> SEEN =
            List.of(".shell-sider", ".shell-header", ".ant-table-tbody > .ant-table-row:nth-child(n + 7)");

    /** As a link within the console leads somewhere; what is on the page before is marked. */
    private static final String LEAD = """
            path => {
                document.querySelectorAll('main, .shell-content > *').forEach((one) => one.setAttribute('data-before', ''));
                history.pushState({}, '', path);
            }
            """;

    private static final String SETTLED = "() => !document.querySelector('.ant-skeleton-active, .ant-spin-spinning')";

    private static final String OUTSIDE = """
            () => {
                const width = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= width) {
                    return '';
                }
                const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1);
                return `${document.documentElement.scrollWidth} of ${width}: `
                    + wide.map((one) => one.cloneNode(false).outerHTML.slice(0, 120)).slice(-6).join(' ');
            }
            """;

    private static final List<String> PAGES = List.of(
            "/",
            "/chat",
            "/agents",
            "/agents/new",
            "/agents/{agent}?conversation={conversation}",
            "/agents/{agent}/edit",
            "/runs/{run}",
            "/models",
            "/keys",
            "/usage?record={call}",
            "/facts",
            "/account",
            "/admin",
            "/admin/start",
            "/admin/models",
            "/admin/models/new",
            "/admin/models/{model}",
            "/admin/users",
            "/admin/teams",
            "/admin/budgets",
            "/admin/limits",
            "/admin/prices?model={model}",
            "/admin/usage",
            "/admin/calls",
            "/admin/calls/{call}",
            "/admin/reconciliation",
            "/admin/mcp-servers",
            "/admin/webhooks",
            "/admin/audit",
            "/admin/settings",
            "/shared/{shared}");

    /** Ids of nothing and of no form, filters that are none, and the other half of SQL's and a pattern's signs. */
    private static final List<String> NONSENSE = List.of(
            "/agents/019a0000-0000-7000-8000-0000000000ff?conversation=%00",
            "/runs/not-an-id",
            "/usage?from=2026-13-45&to=0001-01-01&key=%27&record=x&after=x&outcome=evil,%22",
            "/admin/calls/%3Cimg%20src=hostile%3E",
            "/admin/calls?from=1900-01-01&to=9999-12-31&tz=Nowhere&min_cost=-1&status=1e3&outcome=,,",
            "/admin/users?q=%25%25%25___%5B(a%2B)%2B%24&page=-1&role=root",
            "/admin/audit?actor=%27%20OR%201=1--&from=x&to=y",
            "/shared/not-a-token");

    /** Where the pages lead: what stands in braces in their addresses. */
    private final Map<String, String> ids = new HashMap<>();

    @BeforeAll
    void writeHostileTextEverywhere() {
        String model = server.createModel(
                "hostile",
                Map.of(
                        "name", HOSTILE,
                        "description", HOSTILE,
                        "provider", HOSTILE.substring(0, 60),
                        "upstream_model", HOSTILE,
                        "api_keys", List.of(Map.of("key", "sk-hostile-0001", "name", HOSTILE))));
        post("/api/v1/teams", Map.of("name", HOSTILE, "description", HOSTILE));
        post("/api/v1/keys", Map.of("name", HOSTILE));
        String username = HOSTILE.replace("{{7*7}}", "");
        String user = server.admin()
                .post(
                        "/api/v1/users",
                        Map.of("username", username, "email", "x<img/src=hostile>@hostile", "invite", true))
                .expect(201)
                .text("/id");
        post(
                "/api/v1/budgets",
                Map.of(
                        "name", HOSTILE,
                        "scope", "user",
                        "subject_id", user,
                        "unit", "USD",
                        "amount", "10",
                        "period", "month"));
        post(
                "/api/v1/webhooks",
                Map.of("url", "https://hooks.invalid/hostile", "event_types", List.of("budget.warning")));
        post("/api/v1/mcp-servers", Map.of("name", HOSTILE, "description", HOSTILE, "url", "https://mcp.invalid/mcp"));
        String agent = server.admin()
                .post(
                        "/api/v1/agents",
                        Map.of(
                                "name", HOSTILE,
                                "description", HOSTILE,
                                "instructions", HOSTILE,
                                "model", Map.of("model_id", "hostile")))
                .expect(201)
                .text("/id");
        provider.whenUserSays("refuse", Scripts.error(400, "invalid_request_error", HOSTILE, HOSTILE, Map.of()));
        server.admin().post("/v1/chat/completions", ask("refuse"));
        server.admin().post("/v1/chat/completions", ask("tokens=3")).expect(200);
        ids.putAll(Map.of(
                "model",
                model,
                "agent",
                agent,
                "call",
                server.awaitUsage(2).getFirst().attemptId()));
        talk(agent);
    }

    private void talk(String agent) {
        String conversation = server.admin()
                .post("/api/v1/conversations", Map.of("agent_id", agent))
                .expect(201)
                .text("/id");
        provider.whenUserSays(HOSTILE, Script.chat().words(HOSTILE));
        String one = "/api/v1/conversations/" + conversation;
        String run = server.admin()
                .post(one + "/messages", Map.of("text", HOSTILE))
                .expect(202)
                .text("/run/id");
        server.admin().get("/api/v1/runs/" + run + "/events?after=0").expect(200); // to its end
        String shared = server.admin().post(one + "/share", Map.of()).text("/token");
        ids.putAll(Map.of("conversation", conversation, "run", run, "shared", shared));
    }

    private String filled(String path) {
        String filled = path;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            filled = filled.replace("{" + id.getKey() + "}", id.getValue());
        }
        return filled;
    }

    /** Two that have every language, theme and size between them: each page is a second or two. */
    static Stream<Look> looks() {
        return Stream.of(Look.ENGLISH, Look.CHINESE.dark().on(Look.Size.PHONE));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void s25_everyPageIsForEveryoneWhateverIsWritten(Look look) {
        Visitor visitor = administrator(look);
        Page page = visitor.open("/account");
        SoftAssertions faults = new SoftAssertions();
        for (String path : PAGES) {
            visitor.go(filled(path));
            settle(page);
            faults.check(() -> nothingRan(page, path));
            faults.assertThat(page.evaluate(OUTSIDE).toString())
                    .as("what stands out of the window on " + path)
                    .isEmpty();
            faults.assertThat(Axe.look(page, path.equals(PAGES.getFirst()) ? List.of() : SEEN))
                    .as("what axe finds on " + path)
                    .isEmpty();
            visitor.screenshot("page" + path.replaceAll("[{}/?=]+", "-"));
        }
        faults.assertAll();
    }

    @Test
    void m5_m12_m13_anAddressThatMakesNoSenseIsAnsweredByAPage() {
        Visitor visitor = administrator(Look.ENGLISH).expects(400).expects(404);
        Page page = visitor.open(NONSENSE.getFirst());
        SoftAssertions faults = new SoftAssertions();
        for (String path : NONSENSE) {
            if (!path.equals(NONSENSE.getFirst())) {
                page.evaluate(LEAD, path);
                page.locator("main:not([data-before]), .shell-content > :not([data-before])")
                        .first()
                        .waitFor();
            }
            Locator content = page.locator("#content, main:not(:has(#content))").first();
            assertThat(content).containsText(Pattern.compile("\\S"));
            page.waitForFunction(SETTLED);
            faults.check(() -> assertThat(content).not().containsText(MISTAKES));
            faults.check(() -> nothingRan(page, path));
        }
        faults.assertAll();
    }

    @Test
    void s25_whatAModelWritesIsShownAndNeverRun() {
        provider.whenUserSays("be evil", Script.chat().words("""
                        %s
                        [one](javascript:hacked()) [two](data:text/html,<script>hacked()</script>) [three](vbscript:hacked())
                        <a href="javascript:hacked()">four</a> <iframe src="javascript:hacked()"></iframe>
                        ![five](javascript:hacked()) ![six](https://elsewhere.invalid/spy.png)
                        <style>body{display:none}</style> <form action="https://elsewhere.invalid"><input name=q></form>
                        [safe](https://example.com/) the end
                        """.formatted(HOSTILE)));
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/chat?model=hostile");

        page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Your message"))
                .fill("be evil");
        page.keyboard().press("Enter");

        seen(page.getByText("the end").last());
        assertThat(page.locator(MARKER)).hasCount(0);
        assertThat(page.locator("iframe, #content form input[name=q], [src^='https://elsewhere']"))
                .hasCount(0);
        assertThat(page.locator("#content a[href='https://example.com/'][rel~=noopener]"))
                .hasCount(1);
        assertThat(page.locator("#content a[href^=http]:not([rel~=noopener])")).hasCount(0);
        assertThat(page.locator(LINKS_ELSEWHERE)).hasCount(0);
        visitor.screenshot("chat-hostile");
    }

    private static void settle(Page page) {
        seen(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)));
        page.waitForFunction(SETTLED);
    }

    private static void nothingRan(Page page, String path) {
        assertThat(page.locator(MARKER).describe("a text that " + path + " took for HTML"))
                .hasCount(0);
    }

    private void post(String path, Map<String, ?> body) {
        server.admin().post(path, body).expect(201);
    }

    private static Map<String, Object> ask(String text) {
        return Map.of("model", "hostile", "messages", List.of(Map.of("role", "user", "content", text)));
    }
}
