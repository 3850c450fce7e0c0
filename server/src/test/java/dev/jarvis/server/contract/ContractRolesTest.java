package dev.jarvis.server.contract;

import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may call what (S7, S8). The matrix is {@code x-role} and {@code security} of the descriptions, in which
 * {@link ContractTest} finds every route.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractRolesTest {
    /** What would end a text, a statement or a pattern of SQL if it got there other than as a value; in ASCII, for headers. */
    private static final List<String> HOSTILE =
            List.of("' OR '1'='1", "\\'); DROP TABLE users; -- $$", "%", ":id ? <ids> {0}");

    private static final String PASSWORD = "a long enough password";

    private final TestingServer server =
            TestingServer.builder().startedBy(InProcessServer::start).start();
    private final Descriptions descriptions = new Descriptions();
    private final Calls anyone = new Calls(descriptions, server.base());

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void s7_everyOperationSaysWhoMayCallIt() {
        assertThat(descriptions.operations()).allSatisfy(operation -> {
            assertThat(operation.role()).as(operation.name()).isIn("public", "user", "admin");
            assertThat(operation.isOpen())
                    .as(operation.name())
                    .isEqualTo(operation.role().equals("public"));
        });
    }

    @Test
    void s7_withoutAGoodCredentialOnlyPublicOperationsAnswer() {
        String disabled = account("disabled", "user");
        String disabledKey = key(disabled);
        disable("disabled");
        String revoked = key(server.adminToken());
        revoke(revoked);
        for (String ended : List.of(disabled, disabledKey, revoked)) {
            Await.until(
                    "the gateway refuses an ended credential",
                    () -> anyone.as(ended).send("GET", "/v1/models", null).status() == 401);
        }
        String good = server.createCallerKey("good");
        List<Map<String, String>> attempts = List.of(
                Map.of(),
                bearer("sk-jv-" + "A".repeat(43)),
                bearer("a.b.c"),
                bearer(server.adminToken() + "x"),
                bearer(disabled),
                bearer(disabledKey),
                bearer(revoked),
                Map.of("authorization", "Basic " + good),
                Map.of("x-api-key", revoked),
                Map.of("x-goog-api-key", good),
                Map.of("cookie", "access_token=" + server.adminToken()));
        SoftAssertions all = new SoftAssertions();
        for (Operation operation : having("user", "admin")) {
            for (Map<String, String> attempt : attempts) {
                ApiAnswer answer = send(operation, operation.anyPath(), attempt);
                all.assertThat(answer.status())
                        .as(operation.name() + attempt.keySet())
                        .isEqualTo(401);
                if (answer.status() == 401) {
                    operation.check(answer);
                }
            }
            ApiAnswer inQuery = send(operation, operation.anyPath() + "?key=" + good, Map.of());
            all.assertThat(inQuery.status())
                    .as(operation.name() + " key in the query")
                    .isEqualTo(401);
        }
        for (Operation operation : having("public")) {
            ApiAnswer answer = send(operation, operation.anyPath(), Map.of());
            all.assertThat(answer.status()).as(operation.name()).isNotIn(401, 403);
        }
        all.assertAll();
    }

    @Test
    void s8_ordinaryUsersAreRefusedWhatIsForAdministratorsAndNothingElse() {
        String token = account("ordinary", "user");
        String key = key(token);
        SoftAssertions all = new SoftAssertions();
        for (Map<String, String> caller : List.of(bearer(token), bearer(key), Map.of("x-api-key", key))) {
            for (Operation operation : having("admin")) {
                ApiAnswer answer = send(operation, operation.anyPath(), caller);
                all.assertThat(answer.status() + " " + answer.errorCode())
                        .as(operation.name())
                        .isEqualTo("403 admin_required");
            }
        }
        for (Operation operation : having("user")) {
            ApiAnswer answer = send(operation, operation.anyPath(), bearer(key));
            all.assertThat(answer.status()).as(operation.name()).isNotIn(401, 403);
        }
        all.assertAll();
    }

    @Test
    void s7_administratorsMayCallEverything() {
        String key = server.createCallerKey("administrator");
        SoftAssertions all = new SoftAssertions();
        for (Operation operation : having("user", "admin")) {
            ApiAnswer answer = send(operation, operation.anyPath(), bearer(key));
            all.assertThat(answer.status()).as(operation.name()).isNotIn(401, 403);
        }
        all.assertAll();
    }

    @Test
    void s7_noOtherSpellingOfAPathLeadsAroundTheMatrix() {
        String token = account("speller", "user");
        SoftAssertions all = new SoftAssertions();
        for (Operation operation : having("admin")) {
            String path = operation.anyPath();
            List<String> spellings = List.of(
                    path + "/",
                    "/" + path,
                    path.replaceFirst("/v1/", "//v1/"),
                    path + ";x=1",
                    path.replaceFirst("/v1/", "/v1/%2e/"),
                    path.replaceFirst("api", "%61pi"),
                    path.toUpperCase(Locale.ROOT),
                    path + "%00",
                    "/health/live/.." + path);
            for (String spelling : spellings) {
                for (Map<String, String> caller : List.of(Map.<String, String>of(), bearer(token))) {
                    ApiAnswer answer = send(operation, spelling, caller);
                    all.assertThat(answer.status())
                            .as(operation.method() + " " + spelling)
                            .isIn(400, 401, 403, 404, 405);
                }
            }
        }
        all.assertAll();
    }

    @Test
    void s12_hostileTextsInFiltersSortsAndPathsAreValuesOrRefused() {
        Map<String, String> admin = bearer(server.createCallerKey("hostile"));
        String users = users(admin);
        SoftAssertions all = new SoftAssertions();
        int asked = 0;
        for (Operation operation : having("user", "admin")) {
            if (!operation.method().equals("GET")) {
                continue;
            }
            for (String text : HOSTILE) {
                String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
                List<String> paths = new ArrayList<>();
                operation
                        .queryParameters()
                        .forEach(name -> paths.add(operation.anyPath() + "?" + name + "=" + encoded));
                if (!operation.pathWith(encoded).equals(operation.anyPath())) {
                    paths.add(operation.pathWith(encoded));
                }
                for (String path : paths) {
                    ApiAnswer answer = send(operation, path, admin);
                    asked++;
                    all.assertThat(answer.status()).as(path).isIn(200, 400, 404);
                    if (answer.status() == 200 && path.contains("?q=")) {
                        all.assertThat(answer.json().path("data"))
                                .as("finds nothing: " + path)
                                .isEmpty();
                    }
                }
            }
        }
        all.assertThat(users(admin)).isEqualTo(users);
        all.assertThat(asked).isGreaterThan(200);
        all.assertAll();
    }

    private String users(Map<String, String> admin) {
        return anyone.with(admin).send("GET", "/api/v1/users?page_size=1", null).text("/total");
    }

    @Test
    void s12_hostileCredentialsAreAnsweredLikeAnyUnknownOne() {
        for (String path : List.of("/v1/models", "/api/v1/users")) {
            String unknown = withoutRequestId(anyone.with(bearer("sk-jv-" + "A".repeat(43))), path);
            for (String text : HOSTILE) {
                for (String credential : List.of(text, "sk-jv-" + text, "a." + text + ".c")) {
                    assertThat(withoutRequestId(anyone.with(bearer(credential)), path))
                            .as(credential)
                            .isEqualTo(unknown);
                    assertThat(withoutRequestId(anyone.with(Map.of("x-api-key", credential)), path))
                            .as(credential)
                            .isEqualTo(unknown);
                }
            }
        }
    }

    private static String withoutRequestId(Calls calls, String path) {
        ApiAnswer answer = calls.send("GET", path, null);
        return answer.status() + answer.body().replaceAll("req_[0-9a-f]{32}", "req");
    }

    private List<Operation> having(String... roles) {
        Set<String> wanted = Set.of(roles);
        return descriptions.operations().stream()
                .filter(operation -> wanted.contains(operation.role()))
                .toList();
    }

    private ApiAnswer send(Operation operation, String path, Map<String, String> headers) {
        boolean hasBody = Stream.of("POST", "PUT", "PATCH").anyMatch(operation.method()::equals);
        @Nullable Object body = hasBody ? "{}" : null;
        return anyone.with(headers).send(operation.method(), path, body);
    }

    private static Map<String, String> bearer(String credential) {
        return Map.of("authorization", "Bearer " + credential);
    }

    /** A user of that name and role, and their access token. */
    private String account(String name, String role) {
        server.admin()
                .post(
                        "/api/v1/users",
                        Map.of("username", name, "email", name + "@example.com", "password", PASSWORD, "role", role))
                .expect(201);
        return server.login(name, PASSWORD);
    }

    private String key(String credential) {
        return server.anonymous()
                .as(credential)
                .post("/api/v1/keys", Map.of("name", "a key"))
                .expect(201)
                .text("/key");
    }

    private void disable(String name) {
        String id = server.admin().get("/api/v1/users?q=" + name).text("/data/0/id");
        server.admin().put("/api/v1/users/" + id, Map.of("status", "disabled")).expect(200);
    }

    private void revoke(String key) {
        String id = server.anonymous().as(key).get("/api/v1/auth/me").text("/caller_key_id");
        server.admin().delete("/api/v1/keys/" + id).expect(204);
    }
}
