package dev.jarvis.gateway.demo;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class DemoProviderTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static URI base = URI.create("http://127.0.0.1");

    @BeforeAll
    static void start() throws Exception {
        base = DemoProvider.start(VERTX)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .baseUrl();
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    /** @param more fields of the request after the messages, each with a comma before it */
    private static HttpRequest ask(String userText, String more) {
        String body = "{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":"
                + JSON.writeValueAsString(userText) + "}]" + more + "}";
        return HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static JsonNode answer(String userText, String more) throws Exception {
        HttpResponse<String> response = CLIENT.send(ask(userText, more), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static List<JsonNode> stream(String userText, String more) throws Exception {
        String body = CLIENT.send(ask(userText, ",\"stream\":true" + more), BodyHandlers.ofString())
                .body();
        assertThat(body).endsWith("data: [DONE]\n\n");
        return body.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> JSON.readTree(line.substring(6)))
                .toList();
    }

    private static String said(List<JsonNode> events, int choice) {
        StringBuilder text = new StringBuilder();
        for (JsonNode event : events) {
            if (event.at("/choices/0/index").asInt(-1) == choice) {
                text.append(event.at("/choices/0/delta/content").asString(""));
            }
        }
        return text.toString();
    }

    @Test
    void answersInTheLanguageOfThePromptAndRepeatsIt() throws Exception {
        assertThat(answer("good morning", "").at("/choices/0/message/content").asString())
                .startsWith("Hello!")
                .contains("\"good morning\"");
        assertThat(answer("早上好", "").at("/choices/0/message/content").asString())
                .startsWith("你好！")
                .contains("“早上好”");
    }

    @Test
    void saysTheSameStreamedAndWholeAndReportsTheSameUsage() throws Exception {
        JsonNode whole = answer("hello there", "");
        List<JsonNode> events = stream("hello there", ",\"stream_options\":{\"include_usage\":true}");

        assertThat(said(events, 0))
                .isEqualTo(whole.at("/choices/0/message/content").asString());
        assertThat(events.getLast().path("usage")).isEqualTo(whole.path("usage"));
        assertThat(events.getLast().path("choices")).isEmpty();
        assertThat(whole.at("/usage/prompt_tokens").asInt()).isEqualTo(3 + 2);
        assertThat(whole.at("/usage/completion_tokens").asInt())
                .isEqualTo(
                        DemoTokens.count(whole.at("/choices/0/message/content").asString()));
    }

    @Test
    void reportsNoUsageInAStreamThatDidNotAskForIt() throws Exception {
        assertThat(stream("hello", "")).noneMatch(event -> event.has("usage"));
    }

    @Test
    void makesAsManyTokensAsWantedAndStopsAtTheLimit() throws Exception {
        JsonNode all = answer("/demo tokens=7", "");
        assertThat(all.at("/choices/0/message/content").asString()).isEqualTo("1 2 3 4 5 6 7");
        assertThat(all.at("/usage/completion_tokens").asInt()).isEqualTo(7);

        JsonNode cut = answer("/demo tokens=7", ",\"max_tokens\":3");
        assertThat(cut.at("/choices/0/message/content").asString()).isEqualTo("1 2 3");
        assertThat(cut.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(cut.at("/usage/completion_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void givesSeveralChoicesAndCountsThemAll() throws Exception {
        JsonNode whole = answer("/demo tokens=4", ",\"n\":3");
        List<JsonNode> events = stream("/demo tokens=4", ",\"n\":3");

        assertThat(whole.path("choices")).hasSize(3);
        assertThat(whole.at("/usage/completion_tokens").asInt()).isEqualTo(12);
        assertThat(said(events, 2)).isEqualTo("1 2 3 4");
    }

    @Test
    void callsAToolWhenToldTo() throws Exception {
        String tools = """
                ,"tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object"}}}]""";
        String text = "please call tool get_weather {\"city\": \"Berlin\"}";
        JsonNode call = answer(text, tools).at("/choices/0");
        List<JsonNode> events = stream(text, tools);

        assertThat(call.path("finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(call.at("/message/tool_calls/0/function/name").asString()).isEqualTo("get_weather");
        assertThat(call.at("/message/tool_calls/0/function/arguments").asString())
                .isEqualTo("{\"city\": \"Berlin\"}");
        String arguments = events.stream()
                .map(event -> event.at("/choices/0/delta/tool_calls/0/function/arguments")
                        .asString(""))
                .reduce("", String::concat);
        assertThat(arguments).isEqualTo("{\"city\": \"Berlin\"}");
        assertThat(answer("call tool unknown_tool", tools)
                        .at("/choices/0/finish_reason")
                        .asString())
                .isEqualTo("stop");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429, 500, 503, 529})
    void failsAsTold(int status) throws Exception {
        HttpResponse<String> response = CLIENT.send(ask("/demo fail=" + status, ""), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(response.body()).at("/error/code").asString()).isNotEmpty();
        assertThat(response.headers().firstValue("retry-after").isPresent()).isEqualTo(status == 429 || status == 503);
    }

    @Test
    void cutsTheConnectionAfterTheGivenTokens() throws Exception {
        // A bare socket: Java's client throws away what it has buffered when the connection is cut.
        String body = """
                {"model":"demo","stream":true,"messages":[{"role":"user","content":"/demo tokens=50 cut=2"}]}""";
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            ("POST /v1/chat/completions HTTP/1.1\r\nhost: demo.test\r\ncontent-type: application/json\r\n"
                                            + "content-length: " + body.length() + "\r\n\r\n" + body)
                                    .getBytes(StandardCharsets.UTF_8));
            String read = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(read).contains("\" 2\"").doesNotContain("\" 3\"", "[DONE]", "\r\n0\r\n");
        }
    }

    @Test
    void stallsUntilTheClientGoes() throws Exception {
        var response = CLIENT.send(ask("/demo tokens=50 stall=1", ",\"stream\":true"), BodyHandlers.ofInputStream());
        byte[] first = response.body().readNBytes(20);

        assertThat(new String(first, StandardCharsets.UTF_8)).startsWith("data: {");
        response.body().close();
        assertThat(answer("still there?", "").has("usage")).isTrue();
    }

    @Test
    void spreadsTheTokensOverTheAskedTime() throws Exception {
        long started = System.nanoTime();
        stream("/demo tokens=5 delay=20ms", "");
        assertThat(System.nanoTime() - started).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(5 * 19));
    }

    @Test
    void refusesWhatIsNoChatRequestAndListsItsModel() throws Exception {
        HttpRequest broken = HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString("{"))
                .build();
        assertThat(CLIENT.send(broken, BodyHandlers.ofString()).statusCode()).isEqualTo(400);

        HttpRequest models =
                HttpRequest.newBuilder(URI.create(base + "/models")).GET().build();
        assertThat(JSON.readTree(CLIENT.send(models, BodyHandlers.ofString()).body())
                        .at("/data/0/id")
                        .asString())
                .isEqualTo("demo");
    }
}
