package dev.jarvis.control.user;

import dev.jarvis.control.running.Answer;
import dev.jarvis.control.running.ControlServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserEndpointTest {
    private final ControlServer server = ControlServer.start();
    private String administrator;

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
    void createsReadsChangesAndDeletes() {
        String id = create("reader").field("id");

        assertThat(server.get("/api/v1/users/" + id, administrator).field("status"))
                .isEqualTo("enabled");
        Answer changed = change(id, "{\"email\": \"new@example.test\"}");
        assertThat(changed.field("email")).isEqualTo("new@example.test");
        assertThat(changed.field("username")).isEqualTo("reader");
        assertThat(changed.text()).doesNotContain("password", "argon2");
        assertThat(server.login("new@example.test", "long enough for us").status())
                .isEqualTo(200);
        assertThat(server.call("DELETE", "/api/v1/users/" + id, administrator, null)
                        .status())
                .isEqualTo(204);
        assertThat(server.get("/api/v1/users/" + id, administrator).code()).isEqualTo("user_not_found");
        assertThat(server.login("reader").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/users",
        "POST, /api/v1/users",
        "GET, /api/v1/users/{id}",
        "PUT, /api/v1/users/{id}",
        "PATCH, /api/v1/users/{id}",
        "DELETE, /api/v1/users/{id}",
        "GET, /api/v1/audit-logs",
        "GET, /api/v1/keys?all=true",
        "GET, /api/v1/keys?user_id={admin}"
    })
    void s8_isForAdministratorsOnly(String method, String template) {
        String id = server.user("nosy", "user");
        String token = server.token(id);
        String admin = server.get("/api/v1/auth/me", administrator).field("id");
        String path = template.replace("{id}", id).replace("{admin}", admin);

        Answer answer = server.call(method, path, token, body(method));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("admin_required");
        assertThat(server.database().query("""
                        SELECT concat_ws(' ', actor_name, outcome, target_id, detail) FROM audit_logs
                        WHERE action = 'access.refused'
                        """))
                .containsExactly("nosy refused " + method + " " + path.replaceAll("\\?.*", "") + " admin_required");
        assertThat(server.call(method, path, null, body(method)).code()).isEqualTo("missing_credentials");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id", "password_hash", "created_at", "updated_at", "last_login_at", "tenant_id", "spend", "Role"
            })
    void s9_m1_refusesFieldsThatAreNotForWriting(String field) {
        String id = server.user("victim", "user");
        String before = server.get("/api/v1/users/" + id, administrator).text();

        Answer change = change(id, "{\"username\": \"other\", \"" + field + "\": \"admin\"}");
        Answer create = server.call("POST", "/api/v1/users", administrator, """
                {"username": "b", "email": "b@example.test", "password": "long enough for us", "%s": "admin"}
                """.formatted(field));

        assertThat(change.code()).isEqualTo("unknown_parameter");
        assertThat(create.code()).isEqualTo("unknown_parameter");
        assertThat(server.get("/api/v1/users/" + id, administrator).text()).isEqualTo(before);
        assertThat(server.count("SELECT count(*) FROM users")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "status", "username", "email", "id"})
    void s9_nobodyPromotesThemselves(String field) {
        String token = server.token(server.user("climber", "user"));

        assertThat(server.call("POST", "/api/v1/auth/password", token, """
                                {"current_password": "%s", "new_password": "long enough for us", "%s": "admin"}
                                """.formatted(ControlServer.PASSWORD, field))
                        .code())
                .isEqualTo("unknown_parameter");
        assertThat(server.call("PUT", "/api/v1/users/me", token, "{\"" + field + "\": \"admin\"}")
                        .status())
                .isEqualTo(403);
        assertThat(server.get("/api/v1/auth/me", token).field("role")).isEqualTo("user");
        assertThat(server.login("climber").status()).isEqualTo(200);
    }

    @Test
    void s15_disablingEndsEverythingTheUserHolds() {
        String id = server.user("leaver", "user");
        Answer login = server.login("leaver");
        String key = server.call("POST", "/api/v1/keys", login.field("access_token"), "{\"name\": \"k\"}")
                .field("key");

        assertThat(change(id, "{\"status\": \"disabled\"}").status()).isEqualTo(200);

        assertThat(server.get("/api/v1/auth/me", login.field("access_token")).code())
                .isEqualTo("credentials_blocked");
        assertThat(server.get("/api/v1/auth/me", key).code()).isEqualTo("credentials_blocked");
        assertThat(server.refresh(login.field("refresh_token")).code()).isEqualTo("session_ended");
        assertThat(server.login("leaver").code()).isEqualTo("user_disabled");
        assertThat(server.login("leaver", "a wrong password").code()).isEqualTo("invalid_login");
        change(id, "{\"status\": \"enabled\"}");
        assertThat(server.get("/api/v1/auth/me", login.field("access_token")).status())
                .isEqualTo(401);
        assertThat(server.get("/api/v1/auth/me", key).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"'{\"role\": \"admin\"}', role", "'{\"password\": \"another good one\"}', password"})
    void s15_aNewRoleOrPasswordEndsTheSessions(String body, String why) {
        String id = server.user("changed", "user");
        String token = server.token(id);

        change(id, body);

        assertThat(server.get("/api/v1/auth/me", token).code()).isEqualTo("credentials_blocked");
        assertThat(server.database().query("SELECT ended_why FROM sessions WHERE ended_why IS NOT NULL"))
                .containsExactly(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\": \"disabled\"}", "{\"role\": \"user\"}", ""})
    void theLastAdministratorStays(String body) {
        String id = server.get("/api/v1/auth/me", administrator).field("id");
        String other = server.user("other", "admin");
        change(other, "{\"status\": \"disabled\"}");

        Answer answer =
                body.isEmpty() ? server.call("DELETE", "/api/v1/users/" + id, administrator, null) : change(id, body);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("last_administrator");
        assertThat(server.get("/api/v1/auth/me", administrator).field("role")).isEqualTo("admin");
        assertThat(server.count("SELECT count(*) FROM audit_logs WHERE detail = 'last_administrator'"))
                .isEqualTo(1);
    }

    @Test
    void ofTwoAdministratorsWhoDemoteEachOtherOneStays() throws Exception {
        String first = server.get("/api/v1/auth/me", administrator).field("id");
        String second = server.user("second", "admin");
        String secondToken = server.token(second);
        Callable<Answer> demoteSecond = () -> change(second, "{\"role\": \"user\"}");
        Callable<Answer> demoteFirst =
                () -> server.call("PUT", "/api/v1/users/" + first, secondToken, "{\"role\": \"user\"}");

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<Answer> answer : threads.invokeAll(List.of(demoteSecond, demoteFirst))) {
                assertThat(answer.get().status()).isIn(200, 401, 403, 409);
            }
        }

        assertThat(server.count("SELECT count(*) FROM users WHERE role = 'admin' AND status = 'enabled'"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-an-id", "1-1-1-1-1", "00000000-0000-0000-0000-000000000000", "%27%20OR%201=1"})
    void m5_whatIsNoIdNamesNobody(String id) {
        assertThat(server.get("/api/v1/users/" + id, administrator).status()).isIn(400, 404);
        assertThat(server.get("/api/v1/users/" + "a".repeat(7_000), administrator)
                        .code())
                .isEqualTo("user_not_found");
        assertThat(server.get("/api/v1/users/" + UUID.randomUUID(), administrator)
                        .code())
                .isEqualTo("user_not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "'', invalid_length",
        "' ', invalid_length",
        "' padded', invalid_characters",
        "'a\\u202eb', invalid_characters",
        "'a\\u200bb', invalid_characters",
        "'a\\u0000b', invalid_characters",
        "'a\\nb', invalid_characters",
        "'a@b', invalid_characters"
    })
    void m9_refusesNamesThatCannotBeSeenForWhatTheyAre(String name, String code) {
        assertThat(create(name).code()).isEqualTo(code);
        assertThat(create("a".repeat(65)).code()).isEqualTo("invalid_length");
        assertThat(create("a".repeat(900_000)).code()).isEqualTo("invalid_length");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<img src=x onerror=alert(1)>", "张伟", "😀", "O'Brien", "a b", "Robert'); DROP TABLE users;--"})
    void m9_keepsEveryOtherNameAsItIs(String name) {
        Answer created = create(name);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.field("username")).isEqualTo(name);
        assertThat(server.get("/api/v1/users/" + created.field("id"), administrator)
                        .field("username"))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%%%%%%%%", "_", "____", ".*", "\\", "'", "[a-z]"})
    void m12_searchIsLiteral(String text) {
        server.user("plain", "user");
        String named = create("x" + text.replace("\\", "\\\\") + "y").field("id");

        Answer found = server.get("/api/v1/users?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8), administrator);

        assertThat(found.json().get("total").asInt()).isEqualTo(1);
        assertThat(found.json().get("data").get(0).get("id").asString()).isEqualTo(named);
    }

    @Test
    void filtersAndPages() {
        for (String name : List.of("anna", "bert", "carla")) {
            server.user(name, "user");
        }
        change(
                server.get("/api/v1/users?q=bert", administrator)
                        .json()
                        .get("data")
                        .get(0)
                        .get("id")
                        .asString(),
                "{\"status\": \"disabled\"}");

        Answer page = server.get("/api/v1/users?role=user&page=2&page_size=2", administrator);
        assertThat(page.json().get("total").asInt()).isEqualTo(3);
        assertThat(page.json().get("data")).hasSize(1);
        assertThat(page.json().get("page").asInt()).isEqualTo(2);
        assertThat(page.json().get("page_size").asInt()).isEqualTo(2);
        assertThat(server.get("/api/v1/users?status=disabled", administrator)
                        .json()
                        .get("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(server.get("/api/v1/users?q=EXAMPLE.TEST", administrator)
                        .json()
                        .get("total")
                        .asInt())
                .isEqualTo(4);
        for (String query : List.of(
                "page=0", "page_size=201", "page=x", "role=root", "status=x", "q=%00", "x=1", "page=1&page=2")) {
            assertThat(server.get("/api/v1/users?" + query, administrator).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void refusesNamesThatAreTakenInAnyCase() {
        server.user("Anna", "user");

        assertThat(create("anna").code()).isEqualTo("username_taken");
        assertThat(server.call("POST", "/api/v1/users", administrator, """
                {"username": "new", "email": "ANNA@example.test", "password": "long enough for us"}
                """).code())
                .isEqualTo("email_taken");
    }

    private Answer create(String username) {
        return server.call("POST", "/api/v1/users", administrator, """
                {"username": "%s", "email": "e%s@example.test", "password": "long enough for us"}
                """.formatted(username, UUID.randomUUID()));
    }

    private Answer change(String id, String body) {
        return server.call("PUT", "/api/v1/users/" + id, administrator, body);
    }

    private static @Nullable String body(String method) {
        return method.equals("GET") || method.equals("DELETE") ? null : "{\"role\": \"admin\"}";
    }
}
