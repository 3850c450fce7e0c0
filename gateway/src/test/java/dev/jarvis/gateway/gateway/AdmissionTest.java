package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.platform.vault.Secret;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Gate;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Step;
import io.vertx.core.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

import static dev.jarvis.gateway.gateway.RunningGateway.ask;
import static dev.jarvis.gateway.gateway.RunningGateway.key;
import static org.assertj.core.api.Assertions.assertThat;

/** Who and what is let in. Nothing refused here reaches the provider. */
class AdmissionTest {
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void start() {
        gateway.identities.admit("sk-jv-limited", Optional.of(Set.of("beta")));
        gateway.model("alpha", provider.baseUrl(), KeyMode.SINGLE, key("sk-provider-one"))
                .model("beta", provider.baseUrl(), KeyMode.SINGLE, key("sk-provider-one"))
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        provider.close();
    }

    private HttpResponse<String> post(String key, String type, String body) {
        return gateway.send(
                HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + gateway.port() + "/api/v1/llm/chat"))
                        .header("x-api-key", key)
                        .header("content-type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String rawHead(String headers) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST /v1/chat/completions HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\n"
                                    + headers + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            byte[] room = new byte[4096];
            int read = socket.getInputStream().read(room);
            return new String(room, 0, read, StandardCharsets.UTF_8);
        }
    }

    static List<Arguments> credentials() {
        String key = PlayedIdentities.KEY;
        return List.of(
                Arguments.of("A1 none", "", 401, "missing_credentials"),
                Arguments.of("A2 Bearer and nothing", "authorization: Bearer \r\n", 401, "invalid_credentials"),
                Arguments.of("A2 Basic", "authorization: Basic " + key + "\r\n", 401, "invalid_credentials"),
                Arguments.of("A2 no scheme", "authorization: " + key + "\r\n", 401, "invalid_credentials"),
                Arguments.of("A2 two words", "authorization: Bearer " + key + " b\r\n", 401, "invalid_credentials"),
                Arguments.of("A2 two spaces", "authorization: Bearer  " + key + "\r\n", 401, "invalid_credentials"),
                Arguments.of(
                        "A2 9 KB",
                        "authorization: Bearer sk-jv-" + "a".repeat(9_000) + "\r\n",
                        401,
                        "invalid_credentials"),
                Arguments.of("A2 twice", ("x-api-key: " + key + "\r\n").repeat(2), 401, "invalid_credentials"),
                Arguments.of(
                        "A2 two different ones",
                        "authorization: Bearer " + key + "\r\nx-api-key: sk-jv-limited\r\n",
                        401,
                        "invalid_credentials"),
                Arguments.of("A4 SQL", "x-api-key: ' OR 1=1--\r\n", 401, "invalid_credentials"),
                Arguments.of("A4 %", "x-api-key: sk-jv-%\r\n", 401, "invalid_credentials"),
                Arguments.of("A4 *", "x-api-key: *\r\n", 401, "invalid_credentials"),
                Arguments.of("A4 NUL", "x-api-key: sk-jv-\0\r\n", 400, "bad_header"),
                Arguments.of("A4 unicode", "x-api-key: sk-jv-\u00e4\r\n", 401, "invalid_credentials"),
                Arguments.of(
                        "A5 zero width", "x-api-key: " + key + "\u00e2\u0080\u008b\r\n", 401, "invalid_credentials"),
                Arguments.of("A6 another last letter", "x-api-key: sk-jv-alphb\r\n", 401, "invalid_credentials"),
                Arguments.of("A6 its beginning", "x-api-key: sk-jv-alph\r\n", 401, "invalid_credentials"));
    }

    /** White space behind a key is no part of the header's value (RFC 9110 §5.5), and so no row here. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("credentials")
    void whatIsNoCredentialIsRefusedWithoutAnEcho(String row, String headers, int status, String code)
            throws Exception {
        String answer = rawHead(headers + "content-length: 2\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("\"code\":\"" + code + "\"");
        assertThat(answer).doesNotContain("sk-jv-", "OR 1=1");
        assertThat(answer.contains("www-authenticate: Bearer")).isEqualTo(status == 401);
        assertThat(gateway.meter.opened()).isEmpty();
    }

    @Test
    void t26_expectContinueIsRefusedBeforeTheBody() throws Exception {
        String nobody = rawHead("expect: 100-continue\r\ncontent-length: 10\r\nauthorization: Bearer sk-jv-none\r\n");
        String tooLarge = rawHead("expect: 100-continue\r\ncontent-length: 40000000\r\nauthorization: Bearer "
                + PlayedIdentities.KEY + "\r\n");

        assertThat(nobody).startsWith("HTTP/1.1 401").doesNotContain("100 Continue");
        assertThat(tooLarge).startsWith("HTTP/1.1 413").doesNotContain("100 Continue");
    }

    @Test
    void t26_expectContinueIsContinuedForThoseWhoMay() {
        HttpResponse<String> answer = gateway.send(gateway.to("/v1/chat/completions")
                .expectContinue(true)
                .POST(HttpRequest.BodyPublishers.ofString(ask("alpha", false, "tokens=1"))));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static String rawChat(String version, String body) {
        return "POST /v1/chat/completions HTTP/" + version + "\r\nhost: test\r\nauthorization: Bearer "
                + PlayedIdentities.KEY + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length()
                + "\r\n\r\n" + body;
    }

    @Test
    void http10GetsAStreamWithoutChunksAndItsEndIsTheConnections() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream()
                    .write(rawChat("1.0", ask("alpha", true, "tokens=3")).getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.0 200").endsWith("data: [DONE]\n\n");
            assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("transfer-encoding");
        }
    }

    @Test
    void requestsThatAreSentAtOnceAreAnsweredInTheirOrder() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout(15_000);
            String three = rawChat("1.1", ask("alpha", true, "tokens=3"))
                    + rawChat("1.1", ask("none", false, "x"))
                    + rawChat("1.1", ask("alpha", false, "tokens=2")).replace("host:", "connection: close\r\nhost:");
            socket.getOutputStream().write(three.getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(4).satisfies(parts -> {
                assertThat(parts[1]).startsWith("200").contains("[DONE]");
                assertThat(parts[2]).startsWith("404").contains("model_not_found");
                assertThat(parts[3]).startsWith("200").contains("chat.completion\"");
            });
        }
    }

    @Test
    void refusesStrangersTypesAndSizes() {
        assertThat(post("sk-jv-none", "application/json", "{}").statusCode()).isEqualTo(401);
        assertThat(post(PlayedIdentities.KEY, "text/plain", "{}").statusCode()).isEqualTo(415);
        assertThat(post(PlayedIdentities.KEY, "application/json", "").body()).contains("empty_body");
        assertThat(post(PlayedIdentities.KEY, "application/json", " ".repeat(1024 * 1024 + 1))
                        .statusCode())
                .isEqualTo(413);
        assertThat(provider.received()).isEmpty();
        assertThat(gateway.meter.opened()).isEmpty();
    }

    @Test
    void p2_unknownAndForbiddenModelsLookTheSame() {
        HttpResponse<String> unknown = post("sk-jv-limited", "application/json", ask("gamma", false, "x"));
        HttpResponse<String> forbidden = post("sk-jv-limited", "application/json", ask("alpha", false, "x"));

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(forbidden.statusCode()).isEqualTo(404);
        assertThat(withoutIds(unknown.body()).replace("gamma", "alpha")).isEqualTo(withoutIds(forbidden.body()));
        assertThat(post("sk-jv-limited", "application/json", ask("beta", false, "tokens=1"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static String withoutIds(String body) {
        return body.replaceAll("req_[0-9a-f]{32}", "req");
    }

    @Test
    void h20_gzipIsInflatedUpToTheLimit() throws Exception {
        assertThat(gzipped(zip(ask("alpha", false, "tokens=1").getBytes(StandardCharsets.UTF_8)))
                        .statusCode())
                .isEqualTo(200);
        byte[] whole = zip(new byte[50 * 1024 * 1024]);
        HttpResponse<String> bomb = gzipped(Arrays.copyOf(whole, whole.length / 2)); // its end is never come to
        assertThat(bomb.statusCode()).isEqualTo(413);
        assertThat(bomb.body()).contains("payload_too_large");
        assertThat(provider.received()).hasSize(1);
    }

    @Test
    void h21_whatIsNoGzipIsRefused() throws Exception {
        byte[] good = zip(ask("alpha", false, "x").getBytes(StandardCharsets.UTF_8));
        byte[] wrongSum = good.clone();
        wrongSum[good.length - 8] ^= 1;
        List<byte[]> bad =
                List.of("no gzip".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(good, good.length - 9), wrongSum);
        for (byte[] body : bad) {
            HttpResponse<String> answer = gzipped(body);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("bad_content_encoding");
        }
        HttpResponse<String> brotli = gateway.send(gateway.to("/v1/chat/completions")
                .header("content-encoding", "br")
                .POST(HttpRequest.BodyPublishers.ofString("x")));
        assertThat(brotli.statusCode()).isEqualTo(415);
        assertThat(provider.received()).isEmpty();
    }

    @Test
    void h38_whatTheClientAcceptsDoesNotChangeTheAnswer() {
        HttpResponse<String> answer = gateway.send(gateway.to("/v1/chat/completions")
                .header("accept", "image/png")
                .POST(HttpRequest.BodyPublishers.ofString(ask("alpha", false, "tokens=1"))));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    }

    @Test
    void aFaultWithinAdmissionIsAnswered() {
        gateway.limits = (demand, loop, then) -> {
            throw new IllegalStateException("secret of the inside");
        };

        HttpResponse<String> answer = gateway.chat(ask("alpha", false, "x"));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("internal_error").doesNotContain("secret");
        assertThat(provider.received()).isEmpty();
    }

    private static byte[] zip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    private HttpResponse<String> gzipped(byte[] body) {
        return gateway.send(gateway.to("/v1/chat/completions")
                .header("content-encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    @Test
    void aDatabaseThatIsAwayIs503AndKnownCallersAreServed() {
        assertThat(gateway.chat(ask("alpha", false, "tokens=1")).statusCode()).isEqualTo(200);
        gateway.identities.away = true;

        HttpResponse<String> stranger = post("sk-jv-other", "application/json", ask("alpha", false, "x"));

        assertThat(stranger.statusCode()).isEqualTo(503);
        assertThat(stranger.body()).contains("identity_unavailable");
        assertThat(stranger.headers().firstValue("retry-after")).isPresent();
        assertThat(gateway.chat(ask("alpha", false, "tokens=1")).statusCode()).isEqualTo(200);
    }

    @Test
    void aRevokedKeyIsRefusedAfterItsNotice() {
        assertThat(gateway.chat(ask("alpha", false, "tokens=1")).statusCode()).isEqualTo(200);
        gateway.identities.block(PlayedIdentities.KEY);
        gateway.identities.announce("users", PlayedIdentities.USER.toString());

        assertThat(gateway.chat(ask("alpha", false, "tokens=1")).body()).contains("credentials_blocked");
    }

    @Test
    void listsTheModelsThatTheCallerMayUse() {
        HttpResponse<String> all = gateway.send(gateway.to("/v1/models").GET());
        HttpResponse<String> full =
                gateway.send(gateway.to("/api/v1/llm/models").GET());
        HttpResponse<String> limited = gateway.send(
                HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + gateway.port() + "/v1/models"))
                        .header("x-api-key", "sk-jv-limited"));

        assertThat(all.body())
                .contains("\"object\":\"list\"", "\"id\":\"alpha\"", "\"id\":\"beta\"", "\"owned_by\":\"openai\"");
        assertThat(limited.body()).contains("\"beta\"").doesNotContain("\"alpha\"");
        assertThat(full.body())
                .contains(
                        "\"model_id\":\"alpha\"",
                        "\"input_price\":\"2.5\"",
                        "\"output_price\":\"10\"",
                        "\"type_code\":\"text\"",
                        "\"currency\":\"USD\"",
                        "\"context_window\":128000");
    }

    @Test
    void aWrongBaseUrlIsToldWhatIsRight() {
        Map<String, String> told = Map.ofEntries(
                Map.entry("/v1/v1/chat/completions", "/v1/chat/completions?"),
                Map.entry("/v1/chat/completions/", "/v1/chat/completions?"),
                Map.entry("/v1//chat/completions", "/v1/chat/completions?"),
                Map.entry("//v1/chat/completions", "/v1/chat/completions?"),
                Map.entry("/chat/completions", "/v1/chat/completions?"),
                Map.entry("/openai/v1/chat/completions", "/v1/chat/completions?"),
                Map.entry("/v1/chat/completions/chat/completions", "/v1/chat/completions?"),
                Map.entry("/v1/v1/models", "/v1/models?"),
                Map.entry("/models/", "/v1/models?"),
                Map.entry("/v1/embeddings", "This server has /v1/chat/completions, /v1/models."),
                Map.entry("/v1/responses", "This server has /v1/chat/completions, /v1/models."),
                Map.entry("/", "API description"));
        told.forEach((path, right) -> {
            HttpResponse<String> answer =
                    gateway.send(gateway.to(path).POST(HttpRequest.BodyPublishers.ofString(ask("alpha", false, "x"))));
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).contains("\"not_found\"", right);
        });
        assertThat(provider.received()).isEmpty();
    }

    @Test
    void showsOneModelIfTheCallerMayUseIt() {
        gateway.models.put("org/small:v1", Objects.requireNonNull(gateway.models.get("alpha")));
        gateway.gateway().reload();
        Await.until(
                "the catalog is reloaded",
                () -> gateway.send(gateway.to("/v1/models/org/small:v1").GET()).statusCode() == 200);
        HttpResponse<String> one = gateway.send(gateway.to("/v1/models/alpha").GET());

        assertThat(one.body())
                .isEqualTo("{\"id\":\"alpha\",\"object\":\"model\",\"created\":0,\"owned_by\":\"openai\"}");
        assertThat(gateway.send(gateway.to("/v1/models/org%2Fsmall%3Av1").GET()).statusCode())
                .isEqualTo(200);
        assertThat(gateway.send(gateway.to("/v1/models/alpha").HEAD()).body()).isEmpty();
        HttpResponse<String> unknown =
                gateway.send(gateway.to("/v1/models/gamma").setHeader("authorization", "Bearer sk-jv-limited"));
        HttpResponse<String> forbidden =
                gateway.send(gateway.to("/v1/models/alpha").setHeader("authorization", "Bearer sk-jv-limited"));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("model_not_found");
        assertThat(withoutIds(unknown.body()).replace("gamma", "alpha")).isEqualTo(withoutIds(forbidden.body()));
        assertThat(gateway.send(gateway.to("/v1/models/agent:none").GET()).body())
                .contains("model_not_found");
        assertThat(gateway.send(gateway.to("/v1/models/alpha").setHeader("authorization", "Bearer sk-jv-none"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void c8_drainingRefusesNewRequestsAndEndsWhatOutlastsTheWindow() throws Exception {
        Gate streaming = new Gate();
        provider.script(request -> {
            var steps = new java.util.ArrayList<>(Script.chat().tokens(4).steps(request));
            steps.add(steps.size() / 2, new Step.Pause(streaming));
            return steps;
        });
        try (Socket socket = gateway.rawChat(ask("alpha", true, "x"))) {
            streaming.awaitReached();
            Await.until("the stream runs", () -> socket.getInputStream().available() > 0);
            Future<Void> drained = gateway.gateway().drain(gateway.vertx, Duration.ofMillis(500));
            assertThat(gateway.gateway().isReady()).isFalse();
            assertThat(gateway.chat(ask("alpha", false, "x")).statusCode()).isEqualTo(503);
            RunningGateway.await(drained);
            StringBuilder seen = new StringBuilder();
            while (!seen.toString().endsWith("0\r\n\r\n")) {
                seen.append(RunningGateway.next(socket));
            }
            assertThat(seen.toString()).contains("server_stopping").doesNotContain("[DONE]");
        }
        assertThat(gateway.meter.awaitSettled(1)).hasSize(1);
        streaming.open();
    }

    @Test
    void aTestCallReportsWhatCameBack() {
        ProbeResult good = gateway.gateway().probe(gateway.deploymentOf("alpha"), Optional.empty());
        provider.script(Scripts.echoKey(401));
        ProbeResult bad = gateway.gateway().probe(gateway.deploymentOf("alpha"), Optional.empty());

        assertThat(good.ok()).isTrue();
        assertThat(good.usage()).isPresent();
        assertThat(good.answer().orElseThrow()).isNotEmpty();
        assertThat(good.keyHint()).hasValue("one");
        assertThat(bad.ok()).isFalse();
        assertThat(bad.status()).hasValue(401);
        assertThat(bad.fault().orElseThrow().message()).doesNotContain("sk-provider-one");
    }

    @Test
    void aTestCallForAModelThatIsNotStoredUsesTheGivenKeyAndNoOther() {
        Secret key = new Secret("sk-of-nothing-0001");

        ProbeResult good = gateway.gateway().probe(provider.baseUrl(), "header:x-key", "not-stored", Optional.of(key));
        provider.scriptNext(Scripts.echoKey(401));
        ProbeResult bad = gateway.gateway().probe(provider.baseUrl(), "bearer", "not-stored", Optional.of(key));
        ProbeResult keyless = gateway.gateway().probe(provider.baseUrl(), "bearer", "not-stored", Optional.empty());

        assertThat(good.ok()).as(good.toString()).isTrue();
        assertThat(good.keyHint()).hasValue("0001");
        assertThat(provider.received().getLast().key()).isEqualTo(key.reveal());
        assertThat(bad.fault().orElseThrow().code()).isEqualTo("no_usable_key");
        assertThat(bad.toString()).doesNotContain(key.reveal());
        assertThat(keyless.fault().orElseThrow().code()).isEqualTo("no_usable_key");
    }

    @Test
    void metricsAreCounted() {
        gateway.chat(ask("alpha", true, "tokens=2"));

        // The request is counted when it is over, a moment after its last byte.
        String counted = Await.value(
                "the request is counted",
                gateway.telemetry::scrape,
                metrics -> metrics.contains("gen_ai_server_request_duration_seconds_count"));
        assertThat(counted)
                .contains(
                        "gen_ai_server_time_to_first_token_seconds_count",
                        "gen_ai_client_token_usage",
                        "jarvis_gateway_attempts_total")
                .contains("outcome=\"completed\"");
    }
}
