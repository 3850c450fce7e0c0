package dev.jarvis.control.setup;

import dev.jarvis.control.running.Answer;
import dev.jarvis.control.running.ControlServer;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.vault.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SetupTest {
    private final ControlServer server = ControlServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theTokenLetsTheFirstAdministratorInOnce() {
        String token = token();
        assertThat(server.get("/api/v1/setup", null).field("needed")).isEqualTo("true");

        Answer created = setUp(token, "first");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().get("user").get("role").asString()).isEqualTo("admin");
        assertThat(server.get("/api/v1/users", created.field("access_token")).status())
                .isEqualTo(200);
        assertThat(server.refresh(created.field("refresh_token")).status()).isEqualTo(200);
        assertThat(server.get("/api/v1/setup", null).field("needed")).isEqualTo("false");
        assertThat(setUp(token, "second").code()).isEqualTo("already_set_up");
        assertThat(server.count("SELECT count(*) FROM setup_tokens")).isZero();
        assertThat(server.setupTokens().prepare()).isEmpty();
        assertThat(server.database().query("SELECT outcome FROM audit_logs WHERE action = 'setup' ORDER BY id"))
                .containsExactly("done", "refused");
    }

    @Test
    void theSessionOfABrowserIsInACookie() {
        String body = """
                {"token": "%s", "username": "first", "email": "first@example.test", "password": "%s", "session": "cookie"}
                """.formatted(token(), ControlServer.PASSWORD);
        assertThat(server.call("POST", "/api/v1/setup", null, body).code()).isEqualTo("cross_origin");

        Answer created = server.call(
                "POST",
                "/api/v1/setup",
                null,
                body,
                Map.of("origin", server.base().toString()));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().has("refresh_token")).isFalse();
        assertThat(created.header("set-cookie")).startsWith("jarvis_refresh=rt-jv-");
    }

    @Test
    void refusesAWrongTokenAndThereIsNoDefaultPassword() {
        token();

        assertThat(setUp("setup-" + "A".repeat(43), "first").code()).isEqualTo("invalid_setup_token");
        assertThat(setUp("", "first").code()).isEqualTo("invalid_setup_token");
        for (String password : List.of("admin", "password", "changeme", "jarvis", "")) {
            assertThat(server.login("admin", password).status()).isEqualTo(401);
        }
        assertThat(server.count("SELECT count(*) FROM users")).isZero();
    }

    @Test
    void ofSeveralSetupsAtOnceOneSucceeds() throws Exception {
        String token = token();
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String name = "first" + i;
            calls.add(() -> setUp(token, name).status());
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            assertThat(answers).containsOnlyOnce(201);
        }
        assertThat(server.count("SELECT count(*) FROM users")).isEqualTo(1);
    }

    @Test
    void everyNodesTokenWorksUntilOneIsUsed() {
        String first = token();
        String second = token();

        assertThat(setUp(first, "first").status()).isEqualTo(201);
        assertThat(setUp(second, "second").code()).isEqualTo("already_set_up");
    }

    @Test
    void theSettingsCanNameTheAdministratorOfAnEmptyServerOnly() {
        assertThat(server.setup().createFromSettings("a@example.test", new Secret("long enough for us")))
                .isTrue();
        assertThat(server.setup().createFromSettings("b@example.test", new Secret("long enough for us")))
                .isFalse();

        assertThat(server.login("a@example.test", "long enough for us").status())
                .isEqualTo(200);
        assertThat(server.count("SELECT count(*) FROM users")).isEqualTo(1);
        assertThat(server.database().query("SELECT actor_name FROM audit_logs WHERE action = 'setup'"))
                .containsExactly("server");
        assertThatThrownBy(() -> server.setup().createFromSettings("c@example.test", new Secret("short")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("invalid_password"));
    }

    private String token() {
        return server.setupTokens().prepare().orElseThrow().reveal();
    }

    private Answer setUp(String token, String username) {
        return server.call("POST", "/api/v1/setup", null, """
                {"token": "%s", "username": "%s", "email": "%s@example.test", "password": "long enough for us"}
                """.formatted(token, username, username));
    }
}
