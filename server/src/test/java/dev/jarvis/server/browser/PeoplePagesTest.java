package dev.jarvis.server.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.jarvis.server.testing.ApiAnswer;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** An administrator's pages of users, teams and what was done to them. */
class PeoplePagesTest extends BrowserTest {
    private static final String PASSWORD = "long enough for us";

    @Test
    void aUserIsCreatedPromotedSwitchedOffAndLosesThePassword() {
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/admin/users");

        page.getByRole(AriaRole.BUTTON, named("New user")).click();
        Locator form = page.getByRole(AriaRole.DIALOG);
        form.getByLabel("User name").fill("newcomer");
        form.getByLabel("E-mail address").fill("newcomer@example.com");
        form.getByLabel("With a password", new Locator.GetByLabelOptions().setExact(true))
                .check();
        form.getByLabel("First password").fill("short");
        form.getByRole(AriaRole.BUTTON, inside("^Create$")).click();
        seen(form.getByText("The password must have 12 to 1024 bytes."));
        form.getByLabel("First password").fill(PASSWORD);
        form.getByRole(AriaRole.BUTTON, inside("^Create$")).click();

        Locator row = page.getByRole(AriaRole.ROW, named("newcomer"));
        assertThat(row).containsText("Never");
        server.login("newcomer", PASSWORD);
        visitor.screenshot("users");
        row.getByRole(AriaRole.BUTTON, inside("Actions for newcomer")).click();
        page.getByRole(AriaRole.MENUITEM, named("^Edit$")).click();
        form.getByLabel("Role").click();
        page.locator(".ant-select-item-option").filter(having("Administrator")).click();
        form.getByRole(AriaRole.BUTTON, inside("^Save$")).click();
        assertThat(row).containsText("Administrator");
        row.getByRole(AriaRole.BUTTON, inside("Actions for newcomer")).click();
        page.getByRole(AriaRole.MENUITEM, named("Switch off")).click();
        assertThat(row).containsText("Off");
        assertThat(server.anonymous()
                        .post("/api/v1/auth/login", Map.of("username", "newcomer", "password", PASSWORD))
                        .errorCode())
                .isEqualTo("user_disabled");
        row.getByRole(AriaRole.BUTTON, inside("Actions for newcomer")).click();
        page.getByRole(AriaRole.MENUITEM, named("Reset password by link")).click();
        page.getByRole(AriaRole.BUTTON, named("^Make the link$")).click();
        valueOf(page.getByLabel("Link", new Page.GetByLabelOptions().setExact(true)), "^https?://.+/invitation/.+");
        page.getByRole(AriaRole.BUTTON, named("I have copied it")).click();
        assertThat(server.anonymous()
                        .post("/api/v1/auth/login", Map.of("username", "newcomer", "password", PASSWORD))
                        .errorCode())
                .isEqualTo("invalid_login");
    }

    @Test
    void anInvitedPersonChoosesAPasswordByTheLinkAndIsIn() {
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/admin/users");
        page.getByRole(AriaRole.BUTTON, named("New user")).click();
        Locator form = page.getByRole(AriaRole.DIALOG);
        form.getByLabel("User name").fill("invited");
        form.getByLabel("E-mail address").fill("invited@example.com");
        form.getByRole(AriaRole.BUTTON, inside("^Create$")).click();
        String link = valueOf(page.getByLabel("Link", new Page.GetByLabelOptions().setExact(true)), "^https?://.+");
        visitor.screenshot("user-invitation");
        page.getByRole(AriaRole.BUTTON, named("I have copied it")).click();

        Visitor guest = visitor(Look.CHINESE);
        Page invitation = guest.open(URI.create(link).getPath());
        invitation.locator("input[type=password]").first().fill(PASSWORD);
        invitation.locator("input[type=password]").last().fill(PASSWORD);
        guest.screenshot("invitation");
        invitation.locator("button[type=submit]").click();
        seen(invitation.getByText("你好，invited"));
        server.login("invited", PASSWORD);
    }

    @Test
    void aTakenNameIsSaidAtItsField() {
        user("taken");
        Visitor visitor = administrator(Look.CHINESE).expects(409);
        Page page = visitor.open("/admin/users");

        page.getByRole(AriaRole.BUTTON, named("新建用户")).click();
        Locator form = page.getByRole(AriaRole.DIALOG);
        form.getByLabel("用户名").fill("taken");
        form.getByLabel("邮箱").fill("other@example.com");
        form.getByLabel("设置密码", new Locator.GetByLabelOptions().setExact(true)).check();
        form.getByLabel("初始密码").fill(PASSWORD);
        form.getByRole(AriaRole.BUTTON, inside("新建")).click();

        seen(form.getByText("该用户名已被占用。"));
        assertThat(form.getByLabel("用户名")).hasAttribute("aria-invalid", "true");
    }

    /** Drawers are in the address; a dialog that somebody has written in is not left by accident. */
    @Test
    void theWayBackLeadsOutOfADrawerAndNotOutOfAHalfFilledForm() {
        user("looked-at");
        Page page = administrator(Look.ENGLISH).open("/account");

        page.getByRole(AriaRole.LINK, named("^Users$")).click();
        page.getByRole(AriaRole.BUTTON, named("^looked-at$")).click();
        page.waitForURL("**user=**");
        seen(page.getByRole(AriaRole.DIALOG, named("looked-at")));
        page.goBack();
        gone(page.getByRole(AriaRole.DIALOG));
        page.getByRole(AriaRole.BUTTON, named("New user")).click();
        page.getByLabel("User name").fill("half-written");
        page.goBack();
        page.getByRole(AriaRole.BUTTON, named("^Stay$")).click();
        assertThat(page.getByLabel("User name")).hasValue("half-written");
    }

    @Test
    void aUserIsDeletedOnlyByTypingTheName() {
        String id = user("leaver");
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/admin/users?q=leaver");

        page.getByRole(AriaRole.BUTTON, named("Actions for leaver")).click();
        page.getByRole(AriaRole.MENUITEM, named("Delete")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        Locator delete = dialog.getByRole(AriaRole.BUTTON, inside("^Delete$"));
        assertThat(delete).isDisabled();
        dialog.getByRole(AriaRole.TEXTBOX).fill("leaver");
        delete.click();

        seen(page.getByText("No user matches"));
        assertThat(server.admin().get("/api/v1/users/" + id).status()).isEqualTo(404);
    }

    @Test
    void aTeamGetsMembersAndABudget() {
        user("teammate");
        Visitor visitor = administrator(Look.CHINESE.dark());
        Page page = visitor.open("/admin/teams");

        page.getByRole(AriaRole.BUTTON, named("新建团队")).click();
        Locator form = page.getByRole(AriaRole.DIALOG);
        form.getByLabel("名称").fill("搜索组");
        form.getByRole(AriaRole.BUTTON, inside("新建")).click();
        gone(page.getByRole(AriaRole.DIALOG, named("新建团队"))); // it gives the focus back first
        page.getByRole(AriaRole.COMBOBOX, named("查找用户")).fill("teamm");
        page.locator(".picker-option").filter(having("teammate")).first().click();
        page.getByRole(AriaRole.BUTTON, named("添加")).click();
        seen(page.getByRole(AriaRole.LINK, named("teammate")));
        visitor.screenshot("team");

        page.getByRole(AriaRole.LINK, named("^预算$")).last().click();
        page.waitForURL("**/admin/budgets?**");
        page.getByRole(AriaRole.BUTTON, named("新建预算")).first().click();
        Locator budget = page.getByRole(AriaRole.DIALOG);
        assertThat(budget).containsText("搜索组");
        budget.getByLabel("每周期额度").fill("12.5");
        visitor.screenshot("budget-form");
        budget.getByRole(AriaRole.BUTTON, inside("新建")).click();

        Locator row = page.getByRole(AriaRole.ROW, named("搜索组"));
        assertThat(row).containsText("剩余 $12.50");
        seen(row.getByRole(AriaRole.BUTTON, inside("^为 搜索组 充值$")));
    }

    @Test
    void whatWasDoneIsInTheAuditLogWithWhatItWasBefore() {
        String id = user("promoted");
        server.admin().put("/api/v1/users/" + id, Map.of("role", "admin")).expect(200);
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/admin/audit?action=user.update&target=" + id);

        page.getByRole(AriaRole.ROW, named("user.update"))
                .getByRole(AriaRole.BUTTON)
                .click();
        Locator change = page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.ROW, inside("^role user admin$"));
        seen(change);
        visitor.screenshot("audit");
    }

    @Test
    void theSecretOfAWebhookIsShownOnce() {
        Visitor visitor = administrator(Look.ENGLISH);
        Page page = visitor.open("/admin/webhooks");

        page.getByRole(AriaRole.BUTTON, named("New webhook")).first().click();
        page.getByLabel("Address").fill(provider.baseUrl().resolve("/hook").toString());
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, inside("^Create$"))
                .click();
        Locator secret = page.getByLabel("Signing secret");
        String shown = valueOf(secret, "^whsec_.+");
        page.getByRole(AriaRole.BUTTON, named("I have stored it")).click();

        gone(secret);
        seen(page.getByText("…" + shown.substring(shown.length() - 4)));
        assertThat(page.content()).doesNotContain(shown);
    }

    @Test
    void whetherACallerKeysCallsAreKeptIsSaidBesideTheKey() {
        user("recorded");
        String key = server.anonymous()
                .as(server.login("recorded", PASSWORD))
                .post("/api/v1/keys", Map.of("name", "debugged"))
                .expect(201)
                .text("/id");
        Visitor visitor = administrator(Look.ENGLISH.on(Look.Size.PHONE));
        Page page = visitor.open("/admin/users?q=recorded");

        page.getByRole(AriaRole.BUTTON, named("^recorded$")).click();
        Locator opener = page.getByRole(AriaRole.BUTTON, named("Keep requests and answers of debugged"));
        opener.click();
        Locator dialog = page.getByRole(AriaRole.DIALOG, named("Requests and answers of debugged"));
        dialog.getByRole(AriaRole.RADIO, inside("^Keep masked")).check();
        visitor.screenshot("key-bodies");
        dialog.getByRole(AriaRole.BUTTON, inside("^Save$")).click();

        seen(page.getByText("Requests and answers kept masked"));
        assertThat(opener).isFocused();
        assertThat(server.admin().get("/api/v1/body-policies").body())
                .contains(key)
                .contains("masked");

        opener.click();
        dialog.getByRole(AriaRole.RADIO, inside("^Not set")).check();
        dialog.getByRole(AriaRole.BUTTON, inside("^Save$")).click();
        assertThat(page.getByText("Requests and answers kept masked")).hasCount(0);
        assertThat(server.admin().get("/api/v1/body-policies").body()).doesNotContain(key);
    }

    private String user(String name) {
        ApiAnswer made = server.admin()
                .post(
                        "/api/v1/users",
                        Map.of("username", name, "email", name + "@example.com", "password", PASSWORD, "role", "user"));
        return made.expect(201).text("/id");
    }

    private static Page.GetByRoleOptions named(String pattern) {
        return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
    }

    private static Locator.GetByRoleOptions inside(String pattern) {
        return new Locator.GetByRoleOptions().setName(Pattern.compile(pattern));
    }

    private static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
