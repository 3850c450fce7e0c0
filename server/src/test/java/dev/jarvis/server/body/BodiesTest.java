package dev.jarvis.server.body;

import dev.jarvis.server.testing.Api;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Bodies of calls are kept where an administrator said so, masked and cut as said, and nowhere else. */
class BodiesTest {
    private static final ScriptedProvider PROVIDER = ScriptedProvider.start();
    private static final TestingServer SERVER = TestingServer.builder()
            .withProvider(PROVIDER)
            .withSetting("JARVIS_BODY_MOST", "1KiB")
            .start();
    private static final ApiAnswer KEY =
            SERVER.admin().post("/api/v1/keys", Map.of("name", "kept")).expect(201);
    private static final Api CALLER = SERVER.anonymous().as(KEY.text("/key"));

    @AfterAll
    static void stop() {
        SERVER.close();
        PROVIDER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void whatIsMaskedIsMaskedInRequestAndAnswerEvenAcrossPieces(String stream) {
        String model = model("masked");
        PROVIDER.scriptNext(Script.chat().words("Ask jane", "@mail.", "example.com", " or +49 30", " 12345678"));

        String record = chat(model, stream, "I am joe@mail.example.com, key sk-proj-abcdefghijklmnop1234");
        JsonNode bodies = bodies(record);

        assertThat(bodies.path("policy").asString()).isEqualTo("masked");
        assertThat(bodies.path("model").asString()).isEqualTo(model);
        assertThat(bodies.path("request").path("text").asString())
                .contains("I am [email], key [secret]")
                .doesNotContain("joe");
        assertThat(bodies.path("request").path("cut").asBoolean()).isFalse();
        assertThat(bodies.path("answer").path("text").asString())
                .contains("\"content\":\"Ask [email] or [phone]\"")
                .doesNotContain("jane", "data:");
        assertThat(storedBytes(record)).doesNotContain("joe", "[email]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void whatIsFullIsAsItWasUpToTheBound(String stream) {
        String model = model("full");
        String text = "joe@mail.example.com " + "€".repeat(600);
        PROVIDER.scriptNext(Script.chat().words("jane", "@mail.example.com", " " + "€".repeat(600)));

        JsonNode bodies = bodies(chat(model, stream, text));

        assertThat(bodies.path("policy").asString()).isEqualTo("full");
        for (String which : List.of("request", "answer")) {
            JsonNode body = bodies.path(which);
            assertThat(body.path("cut").asBoolean()).as(which).isTrue();
            assertThat(body.path("bytes").longValue()).as(which).isGreaterThan(1800);
            assertThat(body.path("text").asString().getBytes(StandardCharsets.UTF_8))
                    .hasSizeBetween(1022, 1024);
            assertThat(body.path("text").asString())
                    .contains("@mail.example.com")
                    .doesNotContain("\uFFFD");
        }
    }

    @Test
    void nothingIsKeptUnlessItWasSaid() {
        String model = "unsaid-" + UUID.randomUUID();
        SERVER.createModel(model);

        String record = chat(model, "false", "hello");

        assertThat(logged(model)).isEqualTo("off");
        SERVER.admin().get("/api/v1/usage/records/" + record + "/bodies").expect(404);
        assertThat(SERVER.database().query("SELECT count(*) FROM llm_call_bodies WHERE model = '" + model + "'"))
                .containsExactly("0");
    }

    @Test
    void aKeyThatIsOffKeepsNothingOfAModelThatIsNot() {
        String model = model("full");
        ApiAnswer other =
                SERVER.admin().post("/api/v1/keys", Map.of("name", "private")).expect(201);
        SERVER.admin()
                .put("/api/v1/body-policies/caller_key/" + other.text("/id"), Map.of("policy", "off"))
                .expect(200);
        Api caller = SERVER.anonymous().as(other.text("/key"));
        Await.until("the key is known to be off", () -> logged(caller, model).equals("off"));

        assertThat(logged(model)).isEqualTo("full");
        String record = chat(caller, model, "false", "hello");
        // What comes after it is stored after it.
        bodies(chat(model, "false", "hello"));
        SERVER.admin().get("/api/v1/usage/records/" + record + "/bodies").expect(404);
    }

    @Test
    void whoReadsWhoseIsOnRecordAndAUsersBodiesCanBeDeleted() {
        String record = chat(model("full"), "false", "hello");
        JsonNode bodies = bodies(record);
        String user = bodies.path("user_id").asString();

        JsonNode entry = SERVER.admin()
                .get("/api/v1/audit-logs?action=bodies.read")
                .expect(200)
                .json()
                .path("data")
                .path(0);
        assertThat(entry.path("target_id").asString()).isEqualTo(record);
        assertThat(entry.path("after").path("user_id").asString()).isEqualTo(user);
        assertThat(entry.toString()).doesNotContain("hello");

        assertThat(SERVER.admin()
                        .delete("/api/v1/users/" + user + "/bodies")
                        .expect(200)
                        .json()
                        .path("deleted")
                        .asInt())
                .isPositive();
        SERVER.admin().get("/api/v1/usage/records/" + record + "/bodies").expect(404);
        SERVER.admin().get("/api/v1/usage/records/" + record).expect(200);
    }

    @Test
    void aRefusalOfTheProviderIsKeptToo() {
        String model = model("full");

        String record = chat(model, "false", "status=400");

        assertThat(bodies(record).path("answer").path("text").asString()).contains("error");
    }

    private static String model(String policy) {
        String model = policy + "-" + UUID.randomUUID();
        String id = SERVER.createModel(model);
        SERVER.admin()
                .put("/api/v1/body-policies/model/" + id, Map.of("policy", policy))
                .expect(200);
        Await.until("callers can see it", () -> logged(model).equals(policy));
        return model;
    }

    private static String logged(String model) {
        return logged(CALLER, model);
    }

    private static String logged(Api caller, String model) {
        for (JsonNode listed :
                caller.get("/api/v1/llm/models").expect(200).json().path("data")) {
            if (listed.path("model_id").asString().equals(model)) {
                return listed.path("bodies_logged").asString();
            }
        }
        return "";
    }

    private static String chat(String model, String stream, String text) {
        return chat(CALLER, model, stream, text);
    }

    /** The id of the call's record, which is found by the answer's request id. */
    private static String chat(Api caller, String model, String stream, String text) {
        ApiAnswer answer = caller.post("/v1/chat/completions", """
                {"model": "%s", "stream": %s, "messages": [{"role": "user", "content": "%s"}]}
                """.formatted(model, stream, text));
        String path = "/api/v1/llm/usage/records?request_id="
                + answer.header("x-request-id").orElseThrow();
        return Await.value(
                        "its record",
                        () -> caller.get(path).expect(200).json().path("data"),
                        records -> !records.isEmpty())
                .path(0)
                .path("attempt_id")
                .asString();
    }

    private static JsonNode bodies(String record) {
        return Await.value(
                        "its bodies",
                        () -> SERVER.admin().get("/api/v1/usage/records/" + record + "/bodies"),
                        answer -> answer.status() == 200)
                .json();
    }

    private static String storedBytes(String record) {
        return SERVER.database()
                .query("SELECT encode(request || answer, 'escape') FROM llm_call_bodies WHERE attempt_id = '" + record
                        + "'")
                .getFirst();
    }
}
