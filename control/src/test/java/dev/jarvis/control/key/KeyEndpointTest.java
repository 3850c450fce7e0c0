package dev.jarvis.control.key;

import dev.jarvis.control.running.Answer;
import dev.jarvis.control.running.ControlServer;
import dev.jarvis.platform.identity.Credential;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyEndpointTest {
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
    void showsTheKeyOnceAndKeepsItsHash() {
        Answer created = create(administrator, "{\"name\": \"laptop\"}");
        String key = created.field("key");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("cache-control")).isEqualTo("no-store");
        assertThat(key).matches("sk-jv-[A-Za-z0-9_-]{43}");
        assertThat(created.field("hint")).isEqualTo("sk-jv-…" + key.substring(key.length() - 4));
        assertThat(server.get("/api/v1/auth/me", key).field("credential")).isEqualTo("caller_key");
        Answer read = server.get("/api/v1/keys/" + created.field("id"), administrator);
        assertThat(read.json().has("key")).isFalse();
        assertThat(read.text()
                        + server.get("/api/v1/keys", administrator).text()
                        + server.get("/api/v1/audit-logs", administrator).text())
                .doesNotContain(key);
        assertThat(server.count(
                        "SELECT count(*) FROM caller_keys k WHERE k::text LIKE '%" + key.substring(6, 40) + "%'"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization", "x-api-key"})
    void isTakenInEitherHeader(String header) {
        String key = create(administrator, "{\"name\": \"k\"}").field("key");

        Credential credential =
                header.equals("authorization") ? Credential.read("Bearer " + key, null) : Credential.read(null, key);

        assertThat(credential).isEqualTo(new Credential.CallerKey(key));
    }

    @Test
    void a5_a6_aKeyThatIsNearlyRightIsWrong() {
        String key = create(administrator, "{\"name\": \"k\"}").field("key");
        char last = key.charAt(key.length() - 1);

        for (String wrong : new String[] {
            key.substring(0, key.length() - 1) + (last == 'A' ? 'B' : 'A'),
            key.substring(0, key.length() - 1),
            key + "A",
            key.replace("sk-jv-", "SK-JV-"),
            key.substring(6)
        }) {
            Answer answer = server.get("/api/v1/auth/me", wrong);
            assertThat(answer.code()).isEqualTo("invalid_credentials");
            assertThat(answer.text()).doesNotContain(wrong);
        }
    }

    @Test
    void s15_aRevokedKeyIsRefused() {
        Answer created = create(administrator, "{\"name\": \"k\"}");

        assertThat(server.call("DELETE", path(created), administrator, null).status())
                .isEqualTo(204);

        assertThat(server.get("/api/v1/auth/me", created.field("key")).code()).isEqualTo("credentials_blocked");
        assertThat(server.get(path(created), administrator).field("status")).isEqualTo("revoked");
        assertThat(server.call("DELETE", path(created), administrator, null).status())
                .isEqualTo(204);
        assertThat(server.call("PUT", path(created), administrator, "{\"name\": \"x\"}")
                        .code())
                .isEqualTo("key_revoked");
        assertThat(server.count("SELECT count(*) FROM audit_logs WHERE action = 'key.revoke'"))
                .isEqualTo(1);
    }

    @Test
    void anExpiredKeyIsRefused() {
        String later = Instant.now()
                .plus(1, ChronoUnit.HOURS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        Answer created = create(administrator, "{\"name\": \"k\", \"expires_at\": \"%s\"}".formatted(later));
        assertThat(created.field("expires_at")).isEqualTo(later);
        assertThat(server.get("/api/v1/auth/me", created.field("key")).field("expires_at"))
                .isEqualTo(later);

        server.database().execute("UPDATE caller_keys SET expires_at = now()");

        assertThat(server.get("/api/v1/auth/me", created.field("key")).code()).isEqualTo("token_expired");
        assertThat(server.get(path(created), administrator).field("status")).isEqualTo("expired");
        assertThat(server.call("PUT", path(created), administrator, "{\"expires_at\": null}")
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/api/v1/auth/me", created.field("key")).status()).isEqualTo(200);
    }

    @Test
    void findsKeysByNameAndByTheirLastCharacters() {
        String user = server.token(server.user("one", "user"));
        Answer laptop = create(user, "{\"name\": \"Laptop of one\"}");
        create(user, "{\"name\": \"server\"}");
        String hint = laptop.field("hint");

        assertThat(found("LAPTOP")).containsExactly("Laptop of one");
        assertThat(found(hint.substring(hint.length() - 4))).contains("Laptop of one");
        assertThat(found("%25")).isEmpty();
    }

    private List<String> found(String text) {
        return server.get("/api/v1/keys?all=true&q=" + text, administrator)
                .json()
                .path("data")
                .valueStream()
                .map(key -> key.path("name").asString())
                .toList();
    }

    @Test
    void m5_nobodySeesTheKeysOfOthers() {
        String one = server.token(server.user("one", "user"));
        String two = server.token(server.user("two", "user"));
        Answer created = create(one, "{\"name\": \"k\"}");

        assertThat(server.get(path(created), two).code()).isEqualTo("key_not_found");
        assertThat(server.call("PUT", path(created), two, "{\"name\": \"x\"}").code())
                .isEqualTo("key_not_found");
        assertThat(server.call("DELETE", path(created), two, null).code()).isEqualTo("key_not_found");
        assertThat(server.get("/api/v1/keys", two).json().get("total").asInt()).isZero();
        assertThat(server.get("/api/v1/keys", one).json().get("total").asInt()).isEqualTo(1);
        assertThat(server.get("/api/v1/keys?all=true", administrator)
                        .json()
                        .get("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(server.get("/api/v1/keys?user_id=" + created.field("user_id"), administrator)
                        .json()
                        .get("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(server.call("DELETE", path(created), administrator, null).status())
                .isEqualTo(204);
    }

    @Test
    void s10_aDemotedCreatorsKeyIsDemotedAtItsNextUse() {
        String id = server.user("second", "admin");
        String key = create(server.token(id), "{\"name\": \"k\"}").field("key");
        assertThat(server.get("/api/v1/users", key).status()).isEqualTo(200);

        server.call("PUT", "/api/v1/users/" + id, administrator, "{\"role\": \"user\"}");

        assertThat(server.get("/api/v1/users", key).code()).isEqualTo("admin_required");
        assertThat(server.get("/api/v1/auth/me", key).field("role")).isEqualTo("user");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"name\": \"n\"}', 403",
        "'{\"name\": \"n\", \"allowed_models\": null}', 403",
        "'{\"name\": \"n\", \"allowed_models\": [\"small\", \"large\"]}', 403",
        "'{\"name\": \"n\", \"allowed_models\": [\"small\"]}', 201",
        "'{\"name\": \"n\", \"allowed_models\": []}', 201"
    })
    void s10_m2_aLimitedKeyCreatesNoWiderOne(String body, int status) {
        String limited = create(administrator, "{\"name\": \"k\", \"allowed_models\": [\"small\"]}")
                .field("key");

        Answer answer = create(limited, body);

        assertThat(answer.status()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.code()).isEqualTo("exceeds_own_rights");
            assertThat(server.count("SELECT count(*) FROM caller_keys")).isEqualTo(1);
            assertThat(server.count("SELECT count(*) FROM audit_logs WHERE detail = 'exceeds_own_rights'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void s10_m2_aLimitedKeyWidensNothing() {
        Answer created = create(administrator, "{\"name\": \"k\", \"allowed_models\": [\"small\"]}");
        Answer wide = create(administrator, "{\"name\": \"wide\"}");
        String limited = created.field("key");

        assertThat(server.call("PUT", path(created), limited, "{\"allowed_models\": null}")
                        .code())
                .isEqualTo("exceeds_own_rights");
        assertThat(server.call("PUT", path(wide), limited, "{\"name\": \"mine\"}")
                        .code())
                .isEqualTo("exceeds_own_rights");
        assertThat(server.call("POST", "/api/v1/users", limited, "{}").code()).isEqualTo("exceeds_own_rights");
        assertThat(server.call("PUT", path(created), limited, "{\"name\": \"renamed\"}")
                        .field("name"))
                .isEqualTo("renamed");
        assertThat(server.get("/api/v1/auth/me", limited)
                        .json()
                        .get("allowed_models")
                        .get(0)
                        .asString())
                .isEqualTo("small");
    }

    @Test
    void s10_m2_aKeyOutlivesNotTheOneThatMadeIt() {
        String later = Instant.now().plus(1, ChronoUnit.HOURS).toString();
        String key = create(administrator, "{\"name\": \"k\", \"expires_at\": \"%s\"}".formatted(later))
                .field("key");

        assertThat(create(key, "{\"name\": \"for ever\"}").code()).isEqualTo("exceeds_own_rights");
        assertThat(create(
                                key,
                                "{\"name\": \"longer\", \"expires_at\": \"%s\"}"
                                        .formatted(Instant.now().plus(1, ChronoUnit.DAYS)))
                        .code())
                .isEqualTo("exceeds_own_rights");
        assertThat(create(
                                key,
                                "{\"name\": \"shorter\", \"expires_at\": \"%s\"}"
                                        .formatted(Instant.now().plus(9, ChronoUnit.MINUTES)))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', missing_parameter",
        "'{\"name\": \"k\", \"user_id\": \"x\"}', unknown_parameter",
        "'{\"name\": \"k\", \"key\": \"sk-jv-mine\"}', unknown_parameter",
        "'{\"name\": \"k\", \"key_hash\": \"x\"}', unknown_parameter",
        "'{\"name\": \"k\", \"revoked_at\": null}', unknown_parameter",
        "'{\"name\": \"\"}', invalid_length",
        "'{\"name\": \"a\\u202eb\"}', invalid_characters",
        "'{\"name\": \"k\", \"expires_at\": \"2001-01-01T00:00:00Z\"}', out_of_range",
        "'{\"name\": \"k\", \"expires_at\": \"tomorrow\"}', invalid_type",
        "'{\"name\": \"k\", \"expires_at\": \"+99999-01-01T00:00:00Z\"}', invalid_type",
        "'{\"name\": \"k\", \"expires_at\": 1}', invalid_type",
        "'{\"name\": \"k\", \"allowed_models\": \"small\"}', invalid_type",
        "'{\"name\": \"k\", \"allowed_models\": [1]}', invalid_type",
        "'{\"name\": \"k\", \"allowed_models\": [\"a\", \"a\"]}', invalid_value",
        "'{\"name\": \"k\", \"name\": \"l\"}', duplicate_key"
    })
    void s9_refusesOddKeys(String body, String code) {
        Answer answer = create(administrator, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(server.count("SELECT count(*) FROM caller_keys")).isZero();
    }

    @Test
    void aChangeLeavesWhatItDoesNotName() {
        Answer created = create(administrator, "{\"name\": \"k\", \"allowed_models\": [\"a\", \"b\"]}");

        Answer renamed = server.call("PATCH", path(created), administrator, "{\"name\": \"renamed\"}");

        assertThat(renamed.json().get("allowed_models")).hasSize(2);
        assertThat(server.call("PUT", path(created), administrator, "{\"allowed_models\": null}")
                        .json()
                        .get("allowed_models")
                        .isNull())
                .isTrue();
    }

    private Answer create(String credential, String body) {
        return server.call("POST", "/api/v1/keys", credential, body);
    }

    private static String path(Answer key) {
        return "/api/v1/keys/" + key.field("id");
    }
}
