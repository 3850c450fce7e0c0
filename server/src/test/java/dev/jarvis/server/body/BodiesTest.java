package dev.jarvis.server.body;

import dev.jarvis.server.testing.Api;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    private static final List<Map<String, String>> TWO_KEYS =
            List.of(Map.of("key", "sk-provider-first"), Map.of("key", "sk-provider-second"));
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

    @ParameterizedTest
    @CsvSource({"false, 400", "true, 400", "false, 500", "true, 500"})
    void whatTheProviderSaidIsKeptWhereItRefused(String stream, int status) {
        String record = chat(model("full"), stream, "status=" + status);

        assertThat(answer(bodies(record))).contains("The server had an error while processing your request.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void anAttemptThatFailedOverIsKeptBesideTheOneThatAnswered(String stream) {
        String model = model("full", TWO_KEYS);
        PROVIDER.scriptNext(Scripts.echoKey(401), Script.chat().words("Good", " day"));

        List<String> attempts = attempts(CALLER, ask(CALLER, model, stream, "hello"), 2);

        JsonNode refused = bodies(attempts.getFirst());
        assertThat(answer(refused)).contains("Incorrect API key provided: ***").doesNotContain("sk-provider", "Good");
        JsonNode answered = bodies(attempts.getLast());
        assertThat(answer(answered)).contains("\"content\":\"Good day\"").doesNotContain("Incorrect");
        assertThat(refused.path("request")).isEqualTo(answered.path("request"));
        assertThat(refused.path("request_id")).isEqualTo(answered.path("request_id"));
    }

    /** What came before the error is no answer: the client got none of it. */
    @Test
    void aStreamThatBrokeBeforeItsFirstWordIsKeptBesideTheNext() {
        String model = model("masked", TWO_KEYS);
        PROVIDER.scriptNext(
                Scripts.inBandError(0, "insufficient_quota", "insufficient_quota"),
                Script.chat().words("Good", " day"));

        List<String> attempts = attempts(CALLER, ask(CALLER, model, "true", "hello"), 2);

        assertThat(answer(bodies(attempts.getFirst())))
                .contains("The model failed.")
                .doesNotContain("Good");
        assertThat(answer(bodies(attempts.getLast())))
                .contains("\"content\":\"Good day\"")
                .doesNotContain("The model failed.");
    }

    private static String answer(JsonNode bodies) {
        return bodies.path("answer").path("text").asString();
    }

    private static String model(String policy) {
        return model(policy, List.of(Map.of("key", "sk-provider-only")));
    }

    private static String model(String policy, List<Map<String, String>> keys) {
        String model = policy + "-" + UUID.randomUUID();
        String id = SERVER.createModel(model, Map.of("api_keys", keys));
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

    /** The id of the call's only record, which is found by the answer's request id. */
    private static String chat(Api caller, String model, String stream, String text) {
        return attempts(caller, ask(caller, model, stream, text), 1).getFirst();
    }

    private static ApiAnswer ask(Api caller, String model, String stream, String text) {
        return caller.post("/v1/chat/completions", """
                {"model": "%s", "stream": %s, "messages": [{"role": "user", "content": "%s"}]}
                """.formatted(model, stream, text));
    }

    /** The ids of an answer's attempts, the first one first. */
    private static List<String> attempts(Api caller, ApiAnswer answer, int count) {
        String path = "/api/v1/llm/usage/records?request_id="
                + answer.header("x-request-id").orElseThrow();
        JsonNode records = Await.value(
                "its records", () -> caller.get(path).expect(200).json().path("data"), found -> found.size() >= count);
        return records.valueStream()
                .map(record -> record.path("attempt_id").asString())
                .toList()
                .reversed();
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
