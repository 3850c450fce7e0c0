package dev.jarvis.server.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.Scripts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** An administrator's pages of models: the list, the form, keys that come and go. */
class ModelPagesTest extends BrowserTest {
    @BeforeEach
    void everyKeyWorks() {
        provider.reset();
        provider.script(Script.chat());
    }

    @Test
    void aModelIsAddedByHandWithTwoKeysThatNobodyReadsAgain() {
        String first = TestingServer.providerKey("by-hand-1");
        String second = TestingServer.providerKey("by-hand-2");
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/admin/models/new");

        page.getByLabel("Name", exactly()).first().fill("By hand");
        page.getByLabel("Model id").fill("by-hand");
        page.getByLabel("Provider", exactly()).fill("scripted");
        page.getByLabel("API address").fill(provider.baseUrl().toString());
        page.getByText("Round robin").click();
        page.getByLabel("Key of New key 1").fill(first);
        page.getByRole(AriaRole.BUTTON, named("Add a key")).click();
        page.getByLabel("Key of New key 2").fill(second);
        page.getByLabel("Context window").fill("128000");
        page.getByLabel("Input price").fill("1.5");
        page.getByLabel("Output price").fill("3");
        provider.whenKey(second, Scripts.invalidKey());
        Locator details = page.getByRole(AriaRole.BUTTON, named("Details of the test of By hand"));
        page.getByRole(AriaRole.BUTTON, named("Test before it is saved")).click();
        assertThat(details).containsText("Failed");
        details.click();
        seen(page.getByText("The provider does not accept the key"));
        visitor.screenshot("model-form-tested");
        page.keyboard().press("Escape");
        everyKeyWorks();
        page.getByRole(AriaRole.BUTTON, named("Test before it is saved")).click();
        assertThat(details).containsText("ms");
        assertThat(model("by-hand").isMissingNode()).isTrue();
        page.getByRole(AriaRole.BUTTON, named("Create model")).click();

        page.waitForURL(Pattern.compile("/admin/models/[0-9a-f-]{36}$"));
        seen(page.getByText("••••" + hint(first)));
        visitor.screenshot("model-form");
        assertThat(page.content()).doesNotContain(first).doesNotContain(second);
        page.getByRole(AriaRole.BUTTON, named("^Test By hand$")).click();
        assertThat(page.getByRole(AriaRole.BUTTON, named("Details of the test of By hand")))
                .containsText("ms");
        JsonNode model = model("by-hand");
        assertThat(model.at("/api_keys").size()).isEqualTo(2);
        assertThat(model.at("/key_usage_mode").asString()).isEqualTo("round_robin");
        assertThat(model.at("/context_window").asInt()).isEqualTo(128000);
        assertThat(model.at("/input_price").asString()).isEqualTo("1.5");
        assertThat(model.at("/type").asString()).isEqualTo("生文");
    }

    @Test
    void aRefusalOfTheServerStandsAtItsField() {
        Visitor visitor = administrator(Look.CHINESE).expects(400);
        Page page = visitor.open("/admin/models/new");

        page.getByLabel("名称", exactly()).first().fill("内网");
        page.getByLabel("模型 ID").fill("inside");
        page.getByLabel("提供商", exactly()).fill("scripted");
        page.getByLabel("API 地址").fill("http://10.0.0.1/v1");
        page.getByRole(AriaRole.BUTTON, named("保存前测试")).click();

        assertThat(page.getByLabel("API 地址")).hasAttribute("aria-invalid", "true");
        page.getByLabel("API 地址").fill("http://10.0.0.2/v1");
        gone(page.getByText("不允许访问该地址"));
        page.getByRole(AriaRole.BUTTON, named("创建模型")).click();

        assertThat(page.getByLabel("API 地址")).hasAttribute("aria-invalid", "true");
        seen(page.getByText("不允许访问该地址"));
        visitor.screenshot("model-form-refused");
    }

    @Test
    void aKeyThatDiesShowsAsOutWithoutAReloadAndComesBackWhenItIsReplaced() {
        String dying = TestingServer.providerKey("dying");
        String id = server.createModel(
                "dies", Map.of("name", "会断的模型", "api_keys", List.of(Map.of("key", dying, "name", "主账号"))));
        Visitor visitor = administrator(Look.CHINESE.dark());
        Page page = visitor.open("/admin/models?q=dies");
        seen(page.getByText("1/1 可用"));

        provider.whenKey(dying, Scripts.invalidKey());
        chat("dies").expect(502);

        Locator banner = page.getByRole(AriaRole.ALERT).filter(having("个模型没有可用的密钥"));
        assertThat(banner).containsText("主账号");
        assertThat(banner).containsText("被拒绝");
        assertThat(banner).containsText("401");
        seen(page.getByText("0/1 可用"));
        visitor.screenshot("models-outage");

        banner.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("会断的模型"))
                .click();
        page.waitForURL("**/admin/models/" + id);
        page.getByRole(AriaRole.BUTTON, named("替换")).click();
        page.getByLabel("主账号 的密钥").fill(TestingServer.providerKey("living"));
        page.getByRole(AriaRole.BUTTON, named("^保存$")).click();
        seen(page.getByText("正常"));

        page.navigate("/admin/models?q=dies");
        seen(page.getByText("1/1 可用"));
        gone(banner);
        chat("dies").expect(200);
    }

    @Test
    void aKeyWhoseTroubleIsOverIsUsedAgainAtOnce() {
        String key = TestingServer.providerKey("blocked");
        String id = server.createModel("blocked", Map.of("api_keys", List.of(Map.of("key", key, "name", "main"))));
        provider.whenKey(key, Scripts.invalidKey());
        chat("blocked").expect(502);
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/admin/models/" + id);
        seen(page.getByText("The provider does not accept the key (401)"));
        visitor.screenshot("model-key-out");

        everyKeyWorks();
        page.getByRole(AriaRole.BUTTON, named("^Use main again$")).click();

        seen(page.getByText("Healthy"));
        chat("blocked").expect(200);
    }

    @Test
    void whatSomebodyElseSavedMeanwhileIsShownAndKept() {
        String id = server.createModel("two-people", Map.of("name", "Two people"));
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/admin/models/" + id);
        page.getByLabel("Description").fill("Mine");

        server.admin().put("/api/v1/llm-models/" + id, Map.of("name", "Theirs")).expect(200);

        Locator conflict = page.getByRole(AriaRole.ALERT).filter(having("Somebody else"));
        assertThat(conflict).containsText("Theirs");
        visitor.screenshot("model-form-conflict");
        conflict.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Keep my changes on top of theirs"))
                .click();
        assertThat(page.getByLabel("Name", exactly()).first()).hasValue("Theirs");
        page.getByRole(AriaRole.BUTTON, named("^Save$")).click();

        seen(page.getByText("Saved; live within a second"));
        JsonNode model = model("two-people");
        assertThat(model.at("/name").asString()).isEqualTo("Theirs");
        assertThat(model.at("/description").asString()).isEqualTo("Mine");
    }

    @Test
    void aPageWithUnsavedChangesTestsThemAndAsksBeforeItIsLeft() {
        String id = server.createModel("unsaved");
        Page page = administrator(Look.ENGLISH).open("/admin/models/" + id);

        page.getByLabel("Provider's model name").fill("not-saved");
        page.getByRole(AriaRole.BUTTON, named("^Test Test model unsaved with the changes, unsaved$"))
                .click();
        assertThat(page.getByRole(AriaRole.BUTTON, named("Details of the test of Test model unsaved")))
                .containsText("ms");
        assertThat(provider.lastReceived().json().path("model").asString()).isEqualTo("not-saved");
        assertThat(provider.lastReceived().key()).isEqualTo(TestingServer.providerKey("unsaved"));
        page.getByLabel("Description").fill("Not saved");
        page.getByRole(AriaRole.BUTTON, named("^Cancel$")).click();
        page.getByRole(AriaRole.BUTTON, named("^Stay$")).click();
        assertThat(page.getByLabel("Description")).hasValue("Not saved");
        page.getByRole(AriaRole.BUTTON, named("^Cancel$")).click();
        page.getByRole(AriaRole.BUTTON, named("^Leave$")).click();

        page.waitForURL("**/admin/models");
        assertThat(model("unsaved").at("/description").asString()).isEmpty();
        assertThat(model("unsaved").at("/upstream_model").isNull()).isTrue();
    }

    @Test
    void modelsOfAnUnknownProviderGetWhatBudgetsNeedAndSayWhatTheyLack() {
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/admin/start");

        page.getByRole(AriaRole.BUTTON, named("^Other")).click();
        page.getByLabel("Name of the provider").fill("the-house");
        page.getByLabel("API address").fill(provider.baseUrl().toString());
        page.getByLabel("Key (empty if it needs none)").fill("key-of-the-house");
        page.getByRole(AriaRole.BUTTON, named("Connect and read models")).click();
        Locator output = page.getByLabel("Most output of an answer, where the provider does not say it");
        assertThat(output).hasValue("4,096");
        output.fill("2048");
        visitor.screenshot("start-other");
        page.getByRole(AriaRole.BUTTON, named("^Add 1 model$")).click();

        seen(page.getByText("1 of them has no price yet"));
        page.getByRole(AriaRole.BUTTON, named("Make a key")).click();
        String key = valueOf(page.getByLabel("Key", exactly()), "^sk-jv-.+");
        visitor.screenshot("start-other-ready");
        JsonNode added = server.admin()
                .get("/api/v1/llm-models?provider=the-house")
                .json()
                .at("/data/0");
        assertThat(added.at("/max_tokens").asInt()).isEqualTo(2048);
        server.anonymous()
                .as(key)
                .post(
                        "/v1/chat/completions",
                        Map.of(
                                "model",
                                added.at("/model_id").asString(),
                                "messages",
                                List.of(Map.of("role", "user", "content", "hello"))))
                .expect(200);
        page.getByRole(AriaRole.LINK, named("Set prices")).click();
        seen(page.getByRole(AriaRole.HEADING, named("^Prices$")));
        assertThat(page.content()).doesNotContain(key);
    }

    @Test
    void modelsComeFromAFileAndWhatIsWrongWithOneIsSaidBesideIt() {
        server.createModel("in-file-taken");
        Visitor visitor = administrator(Look.CHINESE);
        Page page = visitor.open("/admin/models");

        page.getByRole(AriaRole.BUTTON, named("添加模型")).click();
        page.getByRole(AriaRole.MENUITEM, named("从文件")).click();
        page.locator("input[type=file]")
                .setInputFiles(new FilePayload("models.json", "application/json", """
                                {"provider": "scripted", "type": "text", "base_url": "%s", "auth_type": "none", "models": [
                                  {"name": "文件里的模型", "model_id": "in-file"}, {"name": "重名", "model_id": "in-file-taken"}]}
                                """.formatted(provider.baseUrl())
                        .getBytes(StandardCharsets.UTF_8)));
        page.getByRole(AriaRole.BUTTON, named("导入 2 个模型")).click();

        Locator dialog = page.getByRole(AriaRole.DIALOG);
        seen(dialog.getByText("1 个已添加，1 个未能添加"));
        assertThat(dialog.getByRole(AriaRole.ROW).filter(having("in-file-taken")))
                .containsText("该模型 ID 已被使用");
        visitor.screenshot("models-imported");
        assertThat(model("in-file").at("/name").asString()).isEqualTo("文件里的模型");
    }

    @Test
    void severalModelsAreSwitchedOffAndDeletedAtOnceOnAPhone() {
        server.createModel("bulk-1");
        server.createModel("bulk-2");
        Visitor visitor = administrator(Look.CHINESE.on(Look.Size.PHONE));
        Page page = visitor.open("/admin/models?q=bulk-");

        page.getByLabel("选择 Test model bulk-1").check();
        page.getByLabel("选择 Test model bulk-2").check();
        visitor.screenshot("models-chosen");
        page.getByRole(AriaRole.BUTTON, named("^停用$")).click();
        seen(page.getByText("已停用 2 个模型"));
        assertThat(model("bulk-1").at("/status").asString()).isEqualTo("disabled");
        assertThat(model("bulk-2").at("/status").asString()).isEqualTo("disabled");

        page.getByLabel("选择 Test model bulk-1").check();
        page.getByRole(AriaRole.BUTTON, named("^删除$")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        Locator delete = dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("删除"));
        assertThat(delete).isDisabled();
        dialog.getByRole(AriaRole.TEXTBOX).fill("删除 1 个模型");
        delete.click();
        seen(page.getByText("已删除 1 个模型"));
        gone(page.getByText("Test model bulk-1"));
        seen(page.getByText("Test model bulk-2"));
    }

    @Test
    void aNewPriceIsInForceAndShownInTheList() {
        String id = server.createModel("repriced");
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/admin/prices?q=repriced&model=" + id);

        page.getByRole(AriaRole.BUTTON, named("^New version$")).click();
        page.getByLabel("Input", exactly()).fill("4");
        page.getByLabel("Output", exactly()).fill("8");
        page.getByLabel("Cache read", exactly()).fill("0.4");
        page.getByRole(AriaRole.BUTTON, named("Save new version")).click();

        seen(page.getByText("Version 2"));
        visitor.screenshot("prices-versions");
        page.keyboard().press("Escape");
        Locator row = page.getByRole(AriaRole.ROW).filter(having("repriced"));
        assertThat(row).containsText("$4.00");
        assertThat(row).containsText("$0.4");
        assertThat(model("repriced").at("/price/rates/cache_read").asString()).isEqualTo("0.4");
    }

    private ApiAnswer chat(String model) {
        return server.admin()
                .post(
                        "/v1/chat/completions",
                        Map.of("model", model, "messages", List.of(Map.of("role", "user", "content", "hello"))));
    }

    private JsonNode model(String modelId) {
        return server.admin()
                .get("/api/v1/llm-models?q=" + modelId)
                .expect(200)
                .json()
                .at("/data/0");
    }

    private static String hint(String key) {
        return key.substring(key.length() - 4);
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private static Page.GetByRoleOptions named(String pattern) {
        return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
    }

    private static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
