package dev.jarvis.control.user;

import dev.jarvis.control.running.Answer;
import dev.jarvis.control.running.ControlServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvitationTest {
    private static final String CHOSEN = "{\"password\": \"chosen by the guest\"}";
    private final ControlServer server = ControlServer.start();
    private String administrator = "";

    @BeforeEach
    void createAdministrator() {
        server.reset();
        administrator = server.administrator();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void whoeverHasTheLinkChoosesAPasswordOnceAndIsLoggedIn() {
        Answer invited = invite("guest");
        String token = token(invited);
        assertThat(invited.header("cache-control")).isEqualTo("no-store");
        assertThat(invited.json().get("invitation").get("path").asString()).isEqualTo("/invitation/" + token);
        assertThat(user(invited).json().get("invited_until").isNull()).isFalse();
        assertThat(link("GET", token, null).field("username")).isEqualTo("guest");

        Answer login = link("POST", token, CHOSEN);

        assertThat(login.status()).isEqualTo(200);
        assertThat(server.get("/api/v1/auth/me", login.field("access_token")).field("username"))
                .isEqualTo("guest");
        assertThat(server.login("guest", "chosen by the guest").status()).isEqualTo(200);
        assertThat(user(invited).json().get("invited_until").isNull()).isTrue();
        assertThat(user(invited).json().get("last_login_at").isNull()).isFalse();
        assertThat(link("POST", token, CHOSEN).code()).isEqualTo("invitation_not_found");
        assertThat(link("GET", token, null).code()).isEqualTo("invitation_not_found");
        assertThat(server.database().query("SELECT action FROM audit_logs ORDER BY id"))
                .startsWith("user.create", "invitation.accept");
    }

    @Test
    void s18_theTokenIsNotStoredAndInNoRecord() {
        String token = token(invite("guest"));
        link("POST", token, CHOSEN);

        assertThat(server.database()
                        .query("SELECT row_to_json(a)::text FROM audit_logs a UNION ALL"
                                + " SELECT encode(token_hash, 'escape') FROM invitations")
                        .toString())
                .doesNotContain(token);
    }

    @Test
    void nobodyLogsInBeforeThePasswordIsChosen() {
        invite("guest");

        for (String password : List.of("", "guest", "null", "password1234", "guest@example.test")) {
            assertThat(server.login("guest", password).status()).isEqualTo(401);
        }
    }

    @Test
    void aResetEndsThePasswordTheSessionsAndTheLinkBefore() {
        String id = server.user("reader", "user");
        Answer login = server.login("reader");
        String first = reset(id).field("token");
        assertThat(server.login("reader").status()).isEqualTo(401);
        assertThat(server.get("/api/v1/auth/me", login.field("access_token")).status())
                .isEqualTo(401);
        assertThat(server.refresh(login.field("refresh_token")).status()).isEqualTo(401);
        Answer second = reset(id);
        assertThat(second.field("purpose")).isEqualTo("password_reset");

        assertThat(link("POST", first, CHOSEN).code()).isEqualTo("invitation_not_found");
        assertThat(link("POST", second.field("token"), CHOSEN).status()).isEqualTo(200);
    }

    @Test
    void aLinkEndsByItself() {
        String token = token(invite("guest"));
        server.database().execute("UPDATE invitations SET expires_at = now()");

        assertThat(link("GET", token, null).code()).isEqualTo("invitation_not_found");
        assertThat(link("POST", token, CHOSEN).code()).isEqualTo("invitation_not_found");
    }

    @Test
    void aPasswordThatTheAdministratorSetsEndsTheLink() {
        Answer invited = invite("guest");
        server.call(
                "PUT",
                "/api/v1/users/" + invited.field("id"),
                administrator,
                "{\"password\": \"set by somebody else\"}");

        assertThat(link("POST", token(invited), CHOSEN).code()).isEqualTo("invitation_not_found");
        assertThat(server.login("guest", "set by somebody else").status()).isEqualTo(200);
    }

    @Test
    void ofManyWhoUseALinkAtOnceOneHasIt() throws Exception {
        String token = token(invite("guest"));
        List<Callable<Integer>> uses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            uses.add(() -> link("POST", token, CHOSEN).status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> use : executor.invokeAll(uses)) {
                statuses.add(use.get());
            }
        }

        assertThat(statuses).containsOnlyOnce(200);
        assertThat(statuses).allMatch(status -> status == 200 || status == 404 || status == 503);
    }

    @Test
    void disabledUsersStayOut() {
        Answer invited = invite("guest");
        server.call("PUT", "/api/v1/users/" + invited.field("id"), administrator, "{\"status\": \"disabled\"}");

        assertThat(link("POST", token(invited), CHOSEN).code()).isEqualTo("user_disabled");
    }

    @Test
    void aBrowserGetsItsSessionInACookie() {
        String token = token(invite("guest"));
        Answer login = server.call(
                "POST",
                "/api/v1/invitations/" + token,
                null,
                "{\"password\": \"chosen by the guest\", \"session\": \"cookie\"}",
                Map.of("origin", server.base().toString()));

        assertThat(login.header("set-cookie")).startsWith("jarvis_refresh=rt-jv-");
        assertThat(login.json().has("refresh_token")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "inv-jv-", "%27%20OR%201=1--", "%00", "..%2f..%2fusers"})
    void oddTokensAreNobodys(String token) {
        Answer answer = link("GET", token, null);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(link("POST", token, CHOSEN).status()).isIn(400, 404);
    }

    @Test
    void oddInvitationsAreRefused() {
        String body = "{\"username\": \"guest\", \"email\": \"guest@example.test\", \"invite\": %s}";
        assertThat(create(body.formatted("\"yes\"")).code()).isEqualTo("invalid_type");
        assertThat(create(body.formatted("true, \"password\": \"set by somebody\""))
                        .code())
                .isEqualTo("invalid_value");
        assertThat(create(body.formatted("false")).code()).isEqualTo("missing_parameter");
        assertThat(server.count("SELECT count(*) FROM users")).isEqualTo(1);
        String own = server.get("/api/v1/auth/me", administrator).field("id");
        assertThat(reset(own).code()).isEqualTo("own_password");
    }

    private Answer invite(String username) {
        return create("{\"username\": \"%s\", \"email\": \"%s@example.test\", \"invite\": true}"
                .formatted(username, username));
    }

    private Answer create(String body) {
        return server.call("POST", "/api/v1/users", administrator, body);
    }

    private Answer reset(String id) {
        return server.call("POST", "/api/v1/users/" + id + "/password-reset", administrator, null);
    }

    private Answer user(Answer created) {
        return server.get("/api/v1/users/" + created.field("id"), administrator);
    }

    private Answer link(String method, String token, @Nullable String body) {
        return server.call(method, "/api/v1/invitations/" + token, null, body);
    }

    private static String token(Answer invited) {
        return invited.json().get("invitation").get("token").asString();
    }
}
