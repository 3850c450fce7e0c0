package dev.jarvis.control.model;

import dev.jarvis.control.RunningRoutes;
import dev.jarvis.control.RunningRoutes.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code /api/v1/llm-models}: the description's examples, and each rule that a change must keep. */
class ModelEndpointTest {
    private static RunningModels models;

    @BeforeAll
    static void start() throws Exception {
        models = new RunningModels();
    }

    @AfterAll
    static void stop() throws Exception {
        models.close();
    }

    @BeforeEach
    void reset() {
        models.reset();
    }

    @Test
    void theExampleOfTheDescriptionCreatesAModelThatReadsBackAsWritten() {
        Answer created = models.create(RunningModels.EXAMPLE);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.response().headers().firstValue("etag")).contains("\"1\"");
        JsonNode read = models.get("/" + created.body().path("id").asString()).body();
        assertThat(read).isEqualTo(created.body());
        assertThat(read.path("name").asString()).isEqualTo("GPT-4 Turbo");
        assertThat(read.path("type").asString()).isEqualTo("生文");
        assertThat(read.path("type_code").asString()).isEqualTo("text");
        assertThat(read.path("description").asString()).isEqualTo("最新的 GPT-4 模型");
        assertThat(read.path("status").asString()).isEqualTo("enabled");
        assertThat(read.path("base_url").asString()).isEqualTo("https://api.openai.com/v1");
        assertThat(read.path("max_tokens").intValue()).isEqualTo(4096);
        assertThat(read.path("context_window").intValue()).isEqualTo(128_000);
        assertThat(read.path("supports_vision").booleanValue()).isTrue();
        assertThat(read.path("input_price").isNull()).isTrue();
        assertThat(texts(read.path("warnings"), "code")).containsExactly("not_priced");
    }

    @Test
    void theExampleOfTheDescriptionChangesStatusAndReplacesTheKeys() {
        String id = models.create(RunningModels.EXAMPLE).body().path("id").asString();

        Answer updated = models.update(
                id, "{\"status\": \"disabled\", \"api_keys\": [{\"key\": \"sk-new-key\", \"status\": \"enabled\"}]}");

        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.body().path("status").asString()).isEqualTo("disabled");
        assertThat(updated.body().path("name").asString()).isEqualTo("GPT-4 Turbo");
        assertThat(updated.body().path("version").intValue()).isEqualTo(2);
        assertThat(models.openedKeys(id)).containsExactly("sk-new-key");
    }

    @Test
    void theExampleOfTheDescriptionDeletes() {
        String id = models.create(RunningModels.EXAMPLE).body().path("id").asString();

        assertThat(models.delete(id).status()).isEqualTo(204);
        assertThat(models.get("/" + id).status()).isEqualTo(404);
        assertThat(models.routes.database().query("SELECT count(*) FROM provider_keys"))
                .containsExactly("0");
    }

    /** curl sends the characters of {@code type=生文} as bare UTF-8 bytes. */
    @Test
    void theExampleOfTheDescriptionListsByUnescapedChineseType() throws Exception {
        models.create(RunningModels.EXAMPLE);
        models.create("image-model", "\"type\":\"生图\"");

        try (Socket socket = new Socket("127.0.0.1", models.routes.port())) {
            socket.getOutputStream()
                    .write(("GET /api/v1/llm-models?provider=openai&type=生文&status=enabled HTTP/1.1\r\n"
                                    + "Host: localhost\r\nAuthorization: Bearer admin.token\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .contains("\"total\":1")
                    .contains("gpt-4-turbo");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "?type=%E7%94%9F%E6%96%87, zh;en",
        "?type=text, zh;en",
        "?type=TEXT&provider=openai, zh;en",
        "?type=image, picture",
        "?type=%E7%94%9F%E5%9B%BE, picture",
        "?provider=other, picture",
        "?status=inactive, en",
        "?q=PICT, picture",
        "?q=zh, zh",
        "?q=%25, ''",
        "?q=_, ''",
        "?sort=model_id&page_size=2, en;picture",
        "?sort=model_id&page_size=2&page=2, zh",
        "?sort=-model_id&page_size=1, zh",
        "?provider=&q=, zh;en;picture",
    })
    void filtersSearchesSortsAndPages(String query, String expected) {
        models.created("en", "\"status\":\"inactive\"");
        models.created("zh", "\"type\":\"生文\"");
        models.created("picture", "\"type\":\"image\",\"provider\":\"other\"");

        Answer list = models.get(query);

        assertThat(list.status()).isEqualTo(200);
        assertThat(texts(list.body().path("data"), "model_id"))
                .containsExactlyInAnyOrder(expected.isEmpty() ? new String[0] : expected.split(";"));
        assertThat(list.body().path("page").isInt()).isTrue();
        assertThat(list.body().path("page_size").isInt()).isTrue();
        assertThat(list.body().path("total").isIntegralNumber()).isTrue();
    }

    @Test
    void m12_searchesLiterally() {
        models.created("literal", "\"name\":\"100% _sure_ (a+)+$ \\\\d\"");
        models.created("other", "\"name\":\"1000 sure\"");

        for (String q : List.of("100%25", "%25%20_", "_sure_", "(a%2B)%2B$", "%5Cd")) {
            assertThat(texts(models.get("?q=" + q).body().path("data"), "model_id"))
                    .as(q)
                    .containsExactly("literal");
        }
        assertThat(models.get("?q=" + "%25".repeat(8)).body().path("total").intValue())
                .isZero();
        assertThat(models.get("?q=" + "_".repeat(1000)).body().path("total").intValue())
                .isZero();
        assertThat(models.get("?q=" + "_".repeat(1001)).code()).isEqualTo("invalid_length");
        assertThat(models.get("?q=%00").code()).isEqualTo("invalid_characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?page=0",
                "?page=-1",
                "?page=1.5",
                "?page=999999999",
                "?page_size=0",
                "?page_size=1000000000",
                "?sort=id",
                "?sort=name%20desc",
                "?status=on",
                "?type=poem",
                "?page=1&page=2"
            })
    void refusesListParametersOutsideTheirRange(String query) {
        assertThat(models.get(query).status()).isEqualTo(400);
        assertThat(models.get(query).code()).isEqualTo("invalid_parameter");
    }

    @Test
    void refusesUnknownParametersAndFields() {
        assertThat(models.get("?offset=3").code()).isEqualTo("unknown_parameter");
        assertThat(models.create("x", "\"built_in\":true").code()).isEqualTo("unknown_parameter");
        assertThat(models.create("x", "\"id\":\"" + UUID.randomUUID() + "\"").param())
                .isEqualTo("id");
        assertThat(models.create("x", "\"api_keys\":[{\"key\":\"sk-a\",\"sealed\":\"x\"}]")
                        .param())
                .isEqualTo("api_keys[0].sealed");
        assertThat(models.create(RunningModels.EXAMPLE.replace("provider", "name"))
                        .code())
                .isEqualTo("duplicate_key");
        assertThat(models.get("").body().path("total").intValue()).isZero();
    }

    @Test
    void s8_onlyAdministratorsMayLookOrChange() {
        String id = models.created("kept", "");
        List<String[]> calls = List.of(
                new String[] {"GET", RunningModels.PATH, null},
                new String[] {"POST", RunningModels.PATH, RunningModels.EXAMPLE},
                new String[] {"GET", RunningModels.PATH + "/" + id, null},
                new String[] {"PUT", RunningModels.PATH + "/" + id, "{\"name\":\"mine\"}"},
                new String[] {"DELETE", RunningModels.PATH + "/" + id, null},
                new String[] {"POST", RunningModels.PATH + "/" + id + "/test", null},
                new String[] {"POST", RunningModels.PATH + "/test", RunningModels.EXAMPLE});

        for (String[] call : calls) {
            assertThat(models.routes
                            .send(RunningRoutes.USER, call[0], call[1], call[2])
                            .status())
                    .isEqualTo(403);
            assertThat(models.routes.send("no.body", call[0], call[1], call[2]).status())
                    .isEqualTo(401);
        }

        assertThat(models.routes.refusedRights).hasSize(calls.size());
        assertThat(models.get("/" + id).body().path("version").intValue()).isEqualTo(1);
        assertThat(models.get("").body().path("total").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-an-id", "019a0000-0000-7000-8000-0000000000ff", "1-1-1-1-1", "%00", "..", "a'--"})
    void m5_anIdOfNothingIsNotFound(String id) {
        assertThat(models.get("/" + id).status()).isEqualTo(404);
        assertThat(models.update(id, "{}").status()).isEqualTo(404);
        assertThat(models.delete(id).status()).isEqualTo(404);
    }

    @Test
    void m5_anIdOfTenKilobytesIsNotFound() {
        assertThat(models.get("/" + "a".repeat(7000)).status()).isEqualTo(404);
    }

    @Test
    void m6_aStaleIfMatchIsRefused() {
        String id = models.created("shared", "");
        assertThat(models.update(id, "{\"name\":\"second\"}", "if-match", "\"1\"")
                        .status())
                .isEqualTo(200);

        Answer stale = models.update(id, "{\"name\":\"third\"}", "if-match", "\"1\"");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.code()).isEqualTo("version_conflict");
        assertThat(stale.response().headers().firstValue("etag")).contains("\"2\"");
        assertThat(models.delete(id, "if-match", "\"1\"").status()).isEqualTo(412);
        assertThat(models.update(id, "{}", "if-match", "garbage").status()).isEqualTo(412);
        assertThat(models.get("/" + id).body().path("name").asString()).isEqualTo("second");
        assertThat(models.update(id, "{\"name\":\"any\"}", "if-match", "*").status())
                .isEqualTo(200);
        assertThat(models.delete(id, "if-match", "\"2\", \"3\"").status()).isEqualTo(204);
    }

    @Test
    void m6_ofChangesAtOnceOnOneVersionOnlyOneIsMade() throws Exception {
        String id = models.created("contended", "");
        List<Callable<Integer>> changes = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(
                        change -> () -> models.update(id, "{\"name\":\"change " + change + "\"}", "if-match", "\"1\"")
                                .status())
                .toList();

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> done : threads.invokeAll(changes)) {
                statuses.add(done.get());
            }
        }

        assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
        assertThat(models.get("/" + id).body().path("version").intValue()).isEqualTo(2);
    }

    @Test
    void refusesAModelIdThatIsTaken() {
        models.created("one", "");
        String other = models.created("two", "");

        assertThat(models.create("one", "").status()).isEqualTo(409);
        assertThat(models.update(other, "{\"model_id\":\"one\"}").code()).isEqualTo("model_exists");
        assertThat(models.update(other, "{\"model_id\":\"three\"}").status()).isEqualTo(200);
    }

    @Test
    void aPartialUpdateKeepsWhatItDoesNotMentionAndNullClears() {
        String id = models.created(
                "full",
                "\"description\":\"d\",\"upstream_model\":\"up\",\"max_tokens\":10,\"context_window\":20,\"rpm_limit\":30,"
                        + "\"tpm_limit\":40,\"supports_vision\":true,\"auth_type\":\"header:api-key\","
                        + "\"key_usage_mode\":\"round_robin\",\"input_price\":\"1\",\"output_price\":2");

        JsonNode renamed = models.update(id, "{\"name\":\"renamed\"}").body();
        assertThat(renamed.path("upstream_model").asString()).isEqualTo("up");
        assertThat(renamed.path("rpm_limit").intValue()).isEqualTo(30);
        assertThat(renamed.path("auth_type").asString()).isEqualTo("header:api-key");
        assertThat(renamed.path("key_usage_mode").asString()).isEqualTo("round_robin");
        assertThat(renamed.path("output_price").asString()).isEqualTo("2");

        JsonNode cleared = models.update(
                        id,
                        "{\"description\":null,\"upstream_model\":null,\"max_tokens\":null,\"context_window\":null,"
                                + "\"rpm_limit\":null,\"tpm_limit\":null,\"input_price\":null,\"output_price\":null}")
                .body();
        assertThat(cleared.path("description").asString()).isEmpty();
        for (String field : List.of(
                "upstream_model",
                "max_tokens",
                "context_window",
                "rpm_limit",
                "tpm_limit",
                "input_price",
                "output_price")) {
            assertThat(cleared.path(field).isNull()).as(field).isTrue();
        }
        assertThat(models.update(id, "{\"name\":null}").code()).isEqualTo("invalid_type");
        assertThat(models.update(id, "{\"status\":null}").code()).isEqualTo("invalid_type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"model_id\":\"\"|invalid_model_id",
                "\"model_id\":\"a b\"|invalid_model_id",
                "\"model_id\":\"a\\u0000\"|invalid_model_id",
                "\"status\":\"on\"|invalid_value",
                "\"type\":\"诗\"|invalid_value",
                "\"type\":1|invalid_type",
                "\"provider\":\"\"|invalid_length",
                "\"auth_type\":\"basic\"|invalid_auth_type",
                "\"auth_type\":\"header:\"|invalid_auth_type",
                "\"auth_type\":\"header:Host\"|invalid_auth_type",
                "\"auth_type\":\"header:x\\r\\ny\"|invalid_auth_type",
                "\"auth_type\":\"query:a&b\"|invalid_auth_type",
                "\"key_usage_mode\":\"random\"|invalid_value",
                "\"max_tokens\":0|out_of_range",
                "\"max_tokens\":-1|out_of_range",
                "\"max_tokens\":2147483648|out_of_range",
                "\"max_tokens\":1.5|invalid_type",
                "\"max_tokens\":\"5\"|invalid_type",
                "\"rpm_limit\":0|out_of_range",
                "\"supports_vision\":\"yes\"|invalid_type",
                "\"api_keys\":{}|invalid_type",
                "\"api_keys\":[\"sk-a\"]|invalid_type",
                "\"api_keys\":[{}]|missing_parameter",
                "\"api_keys\":[{\"key\":\"\"}]|invalid_key",
                "\"api_keys\":[{\"key\":\"sk a\"}]|invalid_key",
                "\"api_keys\":[{\"key\":\"sk-a\\r\\nHost: x\"}]|invalid_key",
                "\"api_keys\":[{\"key\":\"sk-a\",\"weight\":0}]|out_of_range",
                "\"api_keys\":[{\"key\":\"sk-a\",\"weight\":1001}]|out_of_range",
                "\"api_keys\":[{\"key\":\"sk-a\",\"status\":\"off\"}]|invalid_value",
                "\"api_keys\":[{\"id\":\"019a0000-0000-7000-8000-0000000000ff\"}]|unknown_key",
                "\"base_url\":\"https://127.0.0.1/v1\"|forbidden_target",
                "\"base_url\":\"https://rebound.test/v1\"|forbidden_target",
                "\"base_url\":\"http://api.openai.com/v1\"|forbidden_target",
                "\"base_url\":\"https://u@api.openai.com\"|invalid_base_url",
                "\"base_url\":7|invalid_type",
            })
    void refusesWhatIsNotAModel(String member, String code) {
        String field = member.substring(1, member.indexOf('"', 1));

        Answer refused = models.create("m", member);

        assertThat(refused.status()).as(refused.body().toString()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.param()).startsWith(field);
        assertThat(models.get("").body().path("total").intValue()).isZero();
        Answer untested = models.test("m", member);
        assertThat(untested.code()).as("what a test says of it").isEqualTo(code);
        assertThat(untested.param()).isEqualTo(refused.param());
        assertThat(models.probe.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "model_id", "provider", "type", "base_url"})
    void refusesAModelThatLacksAField(String field) {
        Answer refused = models.create(RunningModels.EXAMPLE.replace("\"" + field + "\":", "\"" + field + "_\":"));

        assertThat(refused.code()).isEqualTo("missing_parameter");
        assertThat(refused.param()).isEqualTo(field);
    }

    @Test
    void m9_keepsNamesAsTheyAreAndRefusesWhatCannotBeShown() {
        String id = models.created("named", "");

        for (String name :
                List.of("<img src=x onerror=alert(1)>", "模型 🚀👩‍💻", "a".repeat(200), "'; DROP TABLE x; --")) {
            Answer named = models.update(id, "{\"name\":\"" + name + "\"}");
            assertThat(named.status()).isEqualTo(200);
            assertThat(named.body().path("name").asString()).isEqualTo(name);
        }
        for (String name : List.of("", "   ", "a".repeat(201), "a".repeat(900_000))) {
            assertThat(models.update(id, "{\"name\":\"" + name + "\"}").code()).isEqualTo("invalid_length");
        }
        for (String name :
                List.of("a\\u202Eb", "a\\u2066b", "a\\u0000b", "a\\nb", "a\\u001bb", "a\\ud800b", "\\u2028b")) {
            assertThat(models.update(id, "{\"name\":\"" + name + "\"}").code())
                    .as(name)
                    .isEqualTo("invalid_characters");
        }
        assertThat(models.update(id, "{\"description\":\"one\\n\\ttwo\"}").status())
                .isEqualTo(200);
        assertThat(models.update(id, "{\"description\":\"" + "a".repeat(4001) + "\"}")
                        .code())
                .isEqualTo("invalid_length");
        assertThat(models.update(id, "{\"name\":\"" + "a".repeat(1_100_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.path(field).asString())
                .toList();
    }
}
