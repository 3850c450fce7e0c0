package dev.jarvis.control.audit;

import dev.jarvis.control.running.Answer;
import dev.jarvis.control.running.ControlServer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
    private static final String BREAK = """
            CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$;
            CREATE TRIGGER broken BEFORE INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION fail()
            """;

    private final ControlServer server = ControlServer.start();
    private String administrator;

    @BeforeEach
    void createAdministrator() {
        server.database().execute("DROP TRIGGER IF EXISTS broken ON audit_logs");
        server.reset();
        administrator = server.administrator();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/users, '{\"username\": \"n\", \"email\": \"n@example.test\", \"password\": \"long enough for us\"}'",
        "PUT, /api/v1/users/{user}, '{\"role\": \"admin\"}'",
        "PUT, /api/v1/users/{user}, '{\"status\": \"disabled\"}'",
        "DELETE, /api/v1/users/{user},",
        "POST, /api/v1/keys, '{\"name\": \"k\"}'",
        "PUT, /api/v1/keys/{key}, '{\"name\": \"renamed\"}'",
        "DELETE, /api/v1/keys/{key},",
        "POST, /api/v1/auth/logout,",
        "POST, /api/v1/auth/login, '{\"username\": \"victim\", \"password\": \"correct horse battery\"}'",
        "POST, /api/v1/auth/password, '{\"current_password\": \"correct horse battery\", \"new_password\": \"another long one\"}'"
    })
    void a1_whatCannotBeRecordedDoesNotHappen(String method, String template, String body) {
        String user = server.user("victim", "user");
        String key = server.call("POST", "/api/v1/keys", administrator, "{\"name\": \"k\"}")
                .field("id");
        String path = template.replace("{user}", user).replace("{key}", key);
        String before = everything();
        server.database().execute(BREAK);

        Answer answer = server.call(method, path, administrator, body);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("audit_unavailable");
        assertThat(everything()).isEqualTo(before);
        server.database().execute("DROP TRIGGER broken ON audit_logs");
        assertThat(server.call(method, path, administrator, body).status()).isBetween(200, 204);
        assertThat(everything()).isNotEqualTo(before);
    }

    @Test
    void a1_aBlockedAuditTableRefusesInsteadOfHanging() {
        String before = everything();
        try (Handle blocker = server.jdbi().open()) {
            blocker.begin();
            blocker.execute("LOCK TABLE audit_logs IN ACCESS EXCLUSIVE MODE");

            Answer answer = server.call("POST", "/api/v1/keys", administrator, "{\"name\": \"k\"}");

            assertThat(answer.code()).isEqualTo("audit_unavailable");
            blocker.rollback();
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void a1_refusalsStayRefusalsWhenTheyCannotBeRecorded() {
        String token = server.token(server.user("nosy", "user"));
        server.database().execute(BREAK);

        assertThat(server.get("/api/v1/users", token).code()).isEqualTo("admin_required");
        assertThat(server.login("admin", "a wrong password").code()).isEqualTo("invalid_login");
    }

    @Test
    void a2_everyActLeavesExactlyOneRecord() {
        String me = server.get("/api/v1/auth/me", administrator).field("id");
        List<Answer> acts = new ArrayList<>();
        acts.add(server.call("POST", "/api/v1/users", administrator, """
                {"username": "n", "email": "n@example.test", "password": "long enough for us"}
                """));
        String user = acts.getFirst().field("id");
        acts.add(server.call("PUT", "/api/v1/users/" + user, administrator, "{\"role\": \"admin\"}"));
        acts.add(server.call("PUT", "/api/v1/users/" + user, administrator, "{\"password\": \"another long one\"}"));
        acts.add(server.call("DELETE", "/api/v1/users/" + user, administrator, null));
        acts.add(server.call("POST", "/api/v1/keys", administrator, "{\"name\": \"k\"}"));
        String key = acts.getLast().field("id");
        acts.add(server.call("PUT", "/api/v1/keys/" + key, administrator, "{\"name\": \"renamed\"}"));
        acts.add(server.call("DELETE", "/api/v1/keys/" + key, administrator, null));
        acts.add(server.call("POST", "/api/v1/auth/logout", administrator, null));

        List<String> actions = new ArrayList<>();
        for (Answer act : acts) {
            assertThat(act.status()).isLessThan(300);
            List<String> records = server.database().query("""
                    SELECT concat_ws(' ', action, outcome, target_type, actor_id, remote_addr) FROM audit_logs
                    WHERE request_id = '%s'
                    """.formatted(act.header("x-request-id")));
            assertThat(records).hasSize(1);
            assertThat(records.getFirst()).endsWith(me + " 127.0.0.1");
            actions.add(records.getFirst().replace(" " + me + " 127.0.0.1", ""));
        }
        assertThat(actions)
                .containsExactly(
                        "user.create done user",
                        "user.update done user",
                        "user.update done user",
                        "user.delete done user",
                        "key.create done key",
                        "key.update done key",
                        "key.revoke done key",
                        "logout done session");
        assertThat(server.database()
                        .query("SELECT concat(before, after) FROM audit_logs")
                        .toString())
                .doesNotContain("argon2", "another long one", "long enough for us");
    }

    @Test
    void a2_keepsWhatItWasAndWhatItBecame() {
        String user = server.user("n", "user");
        server.call(
                "PUT",
                "/api/v1/users/" + user,
                administrator,
                "{\"role\": \"admin\", \"password\": \"another long one\"}");

        JsonNode record = logs("action=user.update").get(0);

        assertThat(record.get("before").get("role").asString()).isEqualTo("user");
        assertThat(record.get("after").get("role").asString()).isEqualTo("admin");
        assertThat(record.get("after").get("new_password").asBoolean()).isTrue();
        assertThat(record.get("target_id").asString()).isEqualTo(user);
        assertThat(record.get("actor_name").asString()).isEqualTo("admin");
    }

    @Test
    void filtersAndGoesOnWhereAPageEnded() {
        for (int i = 0; i < 5; i++) {
            server.call("POST", "/api/v1/keys", administrator, "{\"name\": \"k" + i + "\"}");
        }
        String me = server.get("/api/v1/auth/me", administrator).field("id");

        List<String> names = new ArrayList<>();
        String next = "";
        do {
            Answer page = server.get("/api/v1/audit-logs?action=key.create&page_size=2" + next, administrator);
            page.json()
                    .get("data")
                    .forEach(record -> names.add(record.get("after").get("name").asString()));
            next = page.json().get("has_more").asBoolean() ? "&before=" + page.field("next") : "";
        } while (!next.isEmpty());

        assertThat(names).containsExactly("k4", "k3", "k2", "k1", "k0");
        assertThat(logs("actor=" + me)).hasSize(5);
        assertThat(logs("actor=Admin&target=key")).hasSize(5);
        assertThat(logs("outcome=refused")).isEmpty();
        assertThat(logs("from=2100-01-01T00:00:00Z")).isEmpty();
        assertThat(logs("to=2100-01-01T00:00:00Z")).hasSize(5);
        for (String query : List.of(
                "from=x",
                "from=2027-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                "before=1",
                "outcome=x",
                "page_size=0",
                "actor=%00",
                "other=1",
                "to=%2B99999-01-01T00:00:00Z")) {
            assertThat(server.get("/api/v1/audit-logs?" + query, administrator).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void s12_filtersAreValues() {
        assertThat(logs("actor=%27%20OR%201%3D1--")).isEmpty();
        assertThat(logs("action=%25")).isEmpty();
        assertThat(logs("target=" + UUID.randomUUID())).isEmpty();
    }

    private JsonNode logs(String query) {
        return server.get("/api/v1/audit-logs?" + query, administrator).json().get("data");
    }

    /** All that an act could change, but not what a mere check of a credential notes. */
    private String everything() {
        return server.database()
                        .query("SELECT (to_jsonb(u) - 'updated_at')::text FROM users u ORDER BY id")
                        .toString()
                + server.database().query("SELECT (to_jsonb(s))::text FROM sessions s ORDER BY id")
                + server.database().query("SELECT (to_jsonb(k) - 'last_used_at')::text FROM caller_keys k ORDER BY id")
                + server.database().query("SELECT request_id FROM audit_logs ORDER BY id");
    }
}
