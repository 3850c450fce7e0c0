package dev.jarvis.server.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.jarvis.server.testing.ServerProcess;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A server that nobody has set up yet, from its setup token to the first answer. */
class GuidedStartTest {
    private static final int MOST_DECISIONS = 5;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Pattern TOKEN = Pattern.compile("setup-[A-Za-z0-9_-]{43}");

    private final ScriptedProvider provider = ScriptedProvider.start();
    private ServerProcess server;

    /** What a person has to think about: a form to fill in, a choice to make. Going on by the one button there is, is none. */
    private int decisions;

    @BeforeEach
    void startAFreshServer(@TempDir Path home) {
        provider.script(Script.chat().words("The", " first", " answer."));
        server = ServerProcess.start(
                Map.of(
                        "JARVIS_DATA_DIR", home.resolve("data").toString(),
                        "JARVIS_DATABASE_URL", RunningPostgres.newDatabase().url(),
                        "JARVIS_UNSAFE_DATABASE", "true",
                        "JARVIS_MASTER_KEY", Base64.getEncoder().encodeToString(randomKey()),
                        "JARVIS_UPSTREAM_ALLOW", "127.0.0.0/8"),
                home);
    }

    @AfterEach
    void stop() {
        server.close();
        provider.close();
    }

    @Test
    void fromTheSetupTokenToTheFirstAnswerInFiveDecisionsAndAMinute() {
        try (Visitor visitor = new Visitor(server.base(), Look.CHINESE)) {
            Instant start = Instant.now();
            Page page = visitor.open("/");

            decide(() -> setUp(page, "初始化令牌", "用户名", "邮箱", "密码", "创建管理员"));
            page.waitForURL("**/admin/start");
            visitor.screenshot("start-provider");

            decide(() ->
                    page.getByRole(AriaRole.BUTTON, named("^DeepSeek 深度求索")).click());
            decide(() -> {
                page.getByLabel("API 地址").fill(provider.baseUrl().toString());
                page.getByLabel("密钥", exactly()).fill("provider-key-of-the-first-start");
                visitor.screenshot("start-connect");
                page.getByRole(AriaRole.BUTTON, named("连接并读取模型")).click();
            });
            decide(() -> {
                BrowserTest.seen(page.getByText("连接成功"));
                visitor.screenshot("start-choose");
                page.getByRole(AriaRole.BUTTON, named("添加 1 个模型")).click();
            });
            visitor.screenshot("start-ready");
            page.getByRole(AriaRole.LINK, named("开始对话")).click();
            decide(() -> {
                page.getByLabel("消息内容", exactly()).fill("你好");
                page.keyboard().press("Enter");
            });
            BrowserTest.seen(page.getByText("The first answer."));

            Duration took = Duration.between(start, Instant.now());
            assertThat(decisions).isLessThanOrEqualTo(MOST_DECISIONS);
            assertThat(took).isLessThan(LONGEST);
            assertThat(provider.lastReceived().key()).isEqualTo("provider-key-of-the-first-start");
            assertThat(page.content()).doesNotContain("provider-key-of-the-first-start");
            assertThat(visitor.faults()).isEmpty();
        }
    }

    private void setUp(Page page, String token, String name, String email, String password, String create) {
        page.getByLabel(token).fill(setupToken());
        page.getByLabel(name).fill("admin");
        page.getByLabel(email).fill("admin@example.com");
        page.getByLabel(password, exactly()).fill("a long enough password");
        page.getByRole(AriaRole.BUTTON, named(create)).click();
    }

    private void decide(Runnable decision) {
        decisions++;
        decision.run();
    }

    /** From the log, which is written by a thread of its own. */
    private String setupToken() {
        return Await.value(
                        "the setup token",
                        () -> TOKEN.matcher(server.output()).results().findFirst(),
                        Optional::isPresent)
                .orElseThrow()
                .group();
    }

    private static byte[] randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private static Page.GetByRoleOptions named(String pattern) {
        return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
    }
}
