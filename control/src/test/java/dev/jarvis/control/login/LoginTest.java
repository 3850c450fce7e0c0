package dev.jarvis.control.login;

import dev.jarvis.control.password.Passwords;
import dev.jarvis.control.running.Answer;
import dev.jarvis.control.running.ControlServer;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class LoginTest {
    private final ControlServer server = ControlServer.start();

    @BeforeEach
    void createAdministrator() {
        server.administrator();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "ADMIN", "admin@example.test", "Admin@Example.Test"})
    void takesTheNameOrTheAddressInAnyCase(String name) {
        Answer answer = server.login(name);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("token_type")).isEqualTo("Bearer");
        assertThat(answer.field("expires_in")).isEqualTo("900");
        assertThat(answer.json().get("user").get("username").asString()).isEqualTo("admin");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.text()).doesNotContain("password", "argon2");
        Answer me = server.get("/api/v1/auth/me", answer.field("access_token"));
        assertThat(me.field("email")).isEqualTo("admin@example.test");
        assertThat(me.field("role")).isEqualTo("admin");
    }

    @Test
    void s16_setsNoCookie() {
        assertThat(server.login("admin").header("set-cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "' OR 1=1--",
                "admin'--",
                "admin\\u0000",
                "%",
                "_____",
                "*",
                "\\ud800",
                "admin ",
                "\\u202eadmin",
                "; DROP TABLE users"
            })
    void s12_oddNamesAreAnsweredLikeAWrongPassword(String name) {
        String wrong = withoutRequestId(server.login("admin", "wrong horse battery"));

        Answer odd = server.login(name);

        assertThat(odd.status()).isEqualTo(401);
        assertThat(withoutRequestId(odd)).isEqualTo(wrong);
        assertThat(server.count("SELECT count(*) FROM users")).isEqualTo(1);
    }

    /** Counted, not timed: nobody learns from the work of a refusal whether there is such a user (S30). */
    @ParameterizedTest
    @ValueSource(strings = {"admin", "admin@example.test", "nobody", "nobody@example.test", "admin'--", "disabled"})
    void s30_everyRefusedLoginIsTheSameWork(String name) {
        server.user("disabled", "user");
        server.jdbi()
                .useHandle(
                        handle -> handle.execute("UPDATE users SET status = 'disabled' WHERE username = 'disabled'"));
        List<String> work = new ArrayList<>();
        Passwords counted = new Passwords(ControlServer.COST, (password, cost, salt, length) -> {
            work.add("%s %s salt=%d hash=%d".formatted(password, cost, salt.length, length));
            return new byte[length];
        });
        Logins logins = server.logins(counted);
        Call call = new Call(
                "req_1",
                "POST",
                "/api/v1/auth/login",
                Map.of(),
                MultiMap.caseInsensitiveMultiMap(),
                MultiMap.caseInsensitiveMultiMap(),
                new byte[0],
                Optional.empty(),
                "127.0.0.1");

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> logins.login(call, name, "wrong horse battery"));

        assertThat(refusal.code()).isEqualTo("invalid_login");
        assertThat(work).containsExactly("wrong horse battery " + ControlServer.COST + " salt=16 hash=32");
    }

    @Test
    void m17_refusesPasswordsThatNobodyCanHave() {
        assertThat(server.login("admin", "x".repeat(10 * 1024)).status()).isEqualTo(400);
        assertThat(server.login("admin", "é".repeat(600)).code()).isEqualTo("invalid_password");
        assertThat(server.login("admin", "correct horse\\u0000battery").code()).isEqualTo("invalid_password");
        assertThat(server.login("admin", "correct horse \\udc00").code()).isEqualTo("invalid_password");
    }

    @Test
    void h26_whatAProxyIsSaidToForwardIsNotBelieved() {
        String guess = "{\"username\": \"admin\", \"password\": \"wrong horse battery\"}";
        for (int i = 0; i < LoginLimits.DEFAULT.perPair(); i++) {
            server.call("POST", "/api/v1/auth/login", null, guess, Map.of("x-forwarded-for", "192.0.2." + i));
        }

        Answer throttled = server.call(
                "POST",
                "/api/v1/auth/login",
                null,
                guess,
                Map.of("x-forwarded-for", "192.0.2.200", "forwarded", "for=192.0.2.201"));

        assertThat(throttled.code()).isEqualTo("too_many_attempts");
        assertThat(server.database().query("SELECT DISTINCT remote_addr FROM audit_logs WHERE action = 'login'"))
                .containsExactly("127.0.0.1");
    }

    @Test
    void m17_stopsGuessingAndSaysWhenToTryAgain() {
        for (int i = 0; i < LoginLimits.DEFAULT.perPair(); i++) {
            assertThat(server.login("admin", "wrong horse battery " + i).status())
                    .isEqualTo(401);
        }

        Answer throttled = server.login("admin");

        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.code()).isEqualTo("too_many_attempts");
        assertThat(Integer.parseInt(throttled.header("retry-after"))).isBetween(1, 300);
        assertThat(throttled.header("x-should-retry")).isEqualTo("false");
        server.login("admin");
        assertThat(server.count("SELECT count(*) FROM audit_logs WHERE detail = 'too_many_attempts'"))
                .isEqualTo(1);
    }

    @Test
    void recordsLoginsAndTheirRefusals() {
        server.login("admin", "wrong horse battery");
        server.login("my secret typed here", "wrong horse battery");
        server.login("admin");

        assertThat(server.database().query("""
                        SELECT concat_ws(' ', actor_name, outcome, detail, remote_addr) FROM audit_logs
                        WHERE action = 'login' ORDER BY id
                        """))
                .containsExactly(
                        "admin refused wrong_password 127.0.0.1",
                        "refused unknown_user 127.0.0.1",
                        "admin done 127.0.0.1");
    }

    @Test
    void s16_eachLoginIsASessionOfItsOwn() {
        Answer first = server.login("admin");
        Answer second = server.login("admin");

        assertThat(first.field("refresh_token")).isNotEqualTo(second.field("refresh_token"));
        server.call("POST", "/api/v1/auth/logout", first.field("access_token"), null);

        assertThat(server.get("/api/v1/auth/me", first.field("access_token")).code())
                .isEqualTo("credentials_blocked");
        assertThat(server.refresh(first.field("refresh_token")).code()).isEqualTo("session_ended");
        assertThat(server.get("/api/v1/auth/me", second.field("access_token")).status())
                .isEqualTo(200);
    }

    @Test
    void s16_aRefreshTokenWorksOnceAndItsReuseEndsTheFamily() {
        Answer login = server.login("admin");
        Answer refreshed = server.refresh(login.field("refresh_token"));
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.field("refresh_token")).isNotEqualTo(login.field("refresh_token"));

        assertThat(server.refresh(login.field("refresh_token")).code()).isEqualTo("refresh_token_reused");

        assertThat(server.refresh(refreshed.field("refresh_token")).code()).isEqualTo("session_ended");
        assertThat(server.get("/api/v1/auth/me", refreshed.field("access_token"))
                        .code())
                .isEqualTo("credentials_blocked");
        assertThat(server.database().query("SELECT ended_why FROM sessions WHERE ended_at IS NOT NULL"))
                .containsExactly("reuse");
        assertThat(server.count("SELECT count(*) FROM audit_logs WHERE detail = 'refresh_token_reused'"))
                .isEqualTo(1);
    }

    @Test
    void s16_ofTwoRefreshesAtOnceAtMostOneSucceeds() throws Exception {
        String token = server.login("admin").field("refresh_token");
        Callable<Integer> refresh = () -> server.refresh(token).status();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> answers = threads.invokeAll(Collections.nCopies(8, refresh));
            int succeeded = 0;
            for (Future<Integer> answer : answers) {
                succeeded += answer.get() == 200 ? 1 : 0;
            }
            assertThat(succeeded).isEqualTo(1);
        }
        assertThat(server.count("SELECT count(*) FROM sessions WHERE ended_why = 'reuse'"))
                .isEqualTo(1);
    }

    @Test
    void s16_endsAnIdleSessionAndAnOldOne() {
        Answer idle = server.login("admin");
        server.database().execute("UPDATE refresh_tokens SET expires_at = now()");
        assertThat(server.refresh(idle.field("refresh_token")).code()).isEqualTo("session_expired");

        Answer old = server.login("admin");
        server.database().execute("UPDATE sessions SET expires_at = now()");
        assertThat(server.refresh(old.field("refresh_token")).code()).isEqualTo("session_expired");
        assertThat(server.get("/api/v1/auth/me", old.field("access_token")).code())
                .isEqualTo("token_expired");
    }

    @Test
    void s16_refreshingDoesNotMoveTheAbsoluteEnd() {
        Answer login = server.login("admin");
        server.database().execute("UPDATE sessions SET expires_at = now() + interval '1 hour'");

        Answer refreshed = server.refresh(login.field("refresh_token"));

        assertThat(Long.parseLong(refreshed.field("refresh_expires_in"))).isBetween(3_500L, 3_600L);
    }

    @Test
    void refusesTokensThatWereNeverIssued() {
        assertThat(server.refresh("rt-jv-" + "A".repeat(43)).code()).isEqualTo("invalid_refresh_token");
        assertThat(server.refresh("").code()).isEqualTo("invalid_refresh_token");
        assertThat(server.refresh("' OR 1=1--\\u0000").code()).isEqualTo("invalid_refresh_token");
    }

    @Test
    void s15_aNewPasswordEndsTheOtherSessions() {
        Answer here = server.login("admin");
        Answer elsewhere = server.login("admin");

        Answer changed = server.call(
                "POST", "/api/v1/auth/password", here.field("access_token"), """
                {"current_password": "%s", "new_password": "a different battery"}
                """.formatted(ControlServer.PASSWORD));

        assertThat(changed.status()).isEqualTo(204);
        assertThat(server.get("/api/v1/auth/me", here.field("access_token")).status())
                .isEqualTo(200);
        assertThat(server.get("/api/v1/auth/me", elsewhere.field("access_token"))
                        .status())
                .isEqualTo(401);
        assertThat(server.login("admin").status()).isEqualTo(401);
        assertThat(server.login("admin", "a different battery").status()).isEqualTo(200);
    }

    @Test
    void aNewPasswordNeedsTheOldOneAndALength() {
        String token = server.login("admin").field("access_token");

        assertThat(server.call(
                                "POST",
                                "/api/v1/auth/password",
                                token,
                                "{\"current_password\": \"not the right one\", \"new_password\": \"long enough to be\"}")
                        .code())
                .isEqualTo("wrong_password");
        assertThat(server.call(
                                "POST",
                                "/api/v1/auth/password",
                                token,
                                "{\"current_password\": \"%s\", \"new_password\": \"short\"}"
                                        .formatted(ControlServer.PASSWORD))
                        .code())
                .isEqualTo("invalid_password");
        assertThat(server.call(
                                "POST",
                                "/api/v1/auth/password",
                                token,
                                "{\"current_password\": \"%s\", \"new_password\": \"long enough\", \"role\": \"admin\"}"
                                        .formatted(ControlServer.PASSWORD))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theAccessTokenEndsAfterAQuarterOfAnHour() {
        String token = server.login("admin").field("access_token");

        server.clock().advance(Duration.ofMinutes(15).plusSeconds(29));
        assertThat(server.get("/api/v1/auth/me", token).status()).isEqualTo(200);
        server.clock().advance(Duration.ofSeconds(2));
        assertThat(server.get("/api/v1/auth/me", token).code()).isEqualTo("token_expired");
    }

    @Test
    void withoutAMasterKeyNobodyIsLoggedIn() {
        try (ControlServer other = server.secondNode()) {
            server.vault().loseKey();
            assertThat(other.login("admin").code()).isEqualTo("sealed");
        }
        assertThat(server.count("SELECT count(*) FROM sessions")).isEqualTo(1);
    }

    private static String withoutRequestId(Answer answer) {
        return answer.text().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
