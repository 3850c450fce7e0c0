package dev.jarvis.platform.http;

import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.IdentityCheck;
import dev.jarvis.platform.identity.Role;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows H of the bad-input corpus that the server itself answers, and the rules of blocking endpoints. */
class HttpDoorTest {
    private static final String POST = "POST /echo HTTP/1.1\r\nHost: jarvis.test\r\nContent-Type: application/json\r\n";
    private static final ConcurrentLinkedQueue<String> REFUSED = new ConcurrentLinkedQueue<>();
    private static final ExecutorService EXECUTOR = Executors.newVirtualThreadPerTaskExecutor();
    private static final Vertx VERTX = Vertx.vertx();
    private static int port;

    record Echo(String text) {}

    @BeforeAll
    static void open() throws Exception {
        BlockingEndpoints endpoints = new BlockingEndpoints(
                        credential -> new IdentityCheck.Admitted(new Identity(
                                new UUID(0, 1),
                                "someone",
                                credential.toString().startsWith("CallerKey") ? Role.USER : Role.ADMIN,
                                Identity.DEFAULT_TEAM,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Instant.MAX)),
                        (call, refusal) -> REFUSED.add(call.path() + " " + refusal.code()),
                        EXECUTOR)
                .add(HttpMethod.POST, "/echo", Access.PUBLIC, call -> Reply.ok(call.read(Echo.class)))
                .add(
                        HttpMethod.GET,
                        "/things/{id}",
                        Access.PUBLIC,
                        call -> Reply.ok(Map.of("id", call.pathParameter("id"))))
                .add(
                        HttpMethod.GET,
                        "/names/{+name}",
                        Access.PUBLIC,
                        call -> Reply.ok(Map.of("name", PathText.decode(call.pathParameter("name")))))
                .add(
                        HttpMethod.GET,
                        "/mine",
                        Access.USER,
                        call -> Reply.ok(call.caller().username()))
                .add(HttpMethod.POST, "/mine", Access.USER, call -> Reply.ok(call.read(Echo.class)))
                .add(HttpMethod.GET, "/admin", Access.ADMIN, call -> Reply.ok("in"))
                .add(HttpMethod.GET, "/broken", Access.PUBLIC, call -> {
                    throw new IllegalStateException("jdbc:postgresql://secret");
                });
        port = HttpDoor.open(VERTX, "127.0.0.1", 0, 1, List.of(endpoints))
                .await()
                .port();
    }

    @AfterAll
    static void close() {
        VERTX.close().await();
        EXECUTOR.close();
    }

    static List<Arguments> malformedHeads() {
        String host = "Host: jarvis.test\r\n";
        return List.of(
                Arguments.of(
                        "H1",
                        POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400,
                        "bad_framing"),
                Arguments.of("H2", POST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345", 400, "bad_framing"),
                Arguments.of("H4 +5", POST + "Content-Length: +5\r\n\r\n12345", 400, "bad_framing"),
                Arguments.of("H4 -1", POST + "Content-Length: -1\r\n\r\n", 400, "bad_framing"),
                Arguments.of("H4 0x5", POST + "Content-Length: 0x5\r\n\r\n12345", 400, "bad_framing"),
                Arguments.of("H4 2^64", POST + "Content-Length: 18446744073709551616\r\n\r\n", 400, "bad_framing"),
                Arguments.of("H5 xchunked", POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400, "bad_framing"),
                Arguments.of(
                        "H5 identity",
                        POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                        400,
                        "bad_framing"),
                Arguments.of(
                        "H6",
                        POST.replace("1.1", "1.0") + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400,
                        "bad_framing"),
                Arguments.of(
                        "H8 size", POST + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n", 400, "bad_framing"),
                Arguments.of(
                        "H8 extension",
                        POST + "Transfer-Encoding: chunked\r\n\r\n2;x=" + "y".repeat(1_000_000) + "\r\n{}\r\n0\r\n\r\n",
                        400,
                        "bad_framing"),
                Arguments.of("H8 -1", POST + "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", 400, "bad_framing"),
                Arguments.of("H8 0x10", POST + "Transfer-Encoding: chunked\r\n\r\n0x10\r\n\r\n", 400, "bad_framing"),
                Arguments.of(
                        "H8 unfinished size", POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400, "bad_framing"),
                Arguments.of("H10", POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400, "bad_header"),
                Arguments.of("H12 NUL", POST + "X-Thing: a\0b\r\nContent-Length: 0\r\n\r\n", 400, "bad_header"),
                Arguments.of(
                        "H13 many",
                        "GET /mine HTTP/1.1\r\n" + host + "X-A: b\r\n".repeat(101) + "\r\n",
                        431,
                        "headers_too_large"),
                Arguments.of(
                        "H13 large",
                        "GET /mine HTTP/1.1\r\n" + host + "X-A: " + "b".repeat(65536) + "\r\n\r\n",
                        431,
                        "headers_too_large"),
                Arguments.of("H14", "GET /" + "a".repeat(16384) + " HTTP/1.1\r\n" + host + "\r\n", 414, "uri_too_long"),
                Arguments.of("H16", "GET /echo HTTP/1.1\r\n" + host + "\r\n", 405, "method_not_allowed"),
                Arguments.of("H17", POST + "Content-Length: 0\r\n\r\n", 400, "empty_body"),
                Arguments.of(
                        "H18 text",
                        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
                        415,
                        "unsupported_media_type"),
                Arguments.of(
                        "H18 missing",
                        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
                        415,
                        "unsupported_media_type"),
                Arguments.of(
                        "H18 utf-16",
                        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json; charset=utf-16\r\nContent-Length: 2\r\n\r\n{}",
                        415,
                        "unsupported_media_type"),
                Arguments.of("H22 two", "GET /mine HTTP/1.1\r\n" + host + "Host: other.test\r\n\r\n", 400, "bad_host"),
                Arguments.of("H22 none", "GET /mine HTTP/1.1\r\n\r\n", 400, "bad_host"),
                Arguments.of("H24", "GET http://other.test/mine HTTP/1.1\r\n" + host + "\r\n", 400, "bad_host"),
                Arguments.of(
                        "H24 longer",
                        "GET http://jarvis.test.other/mine HTTP/1.1\r\n" + host + "\r\n",
                        400,
                        "bad_host"),
                Arguments.of("H24 scheme", "GET ftp://jarvis.test/mine HTTP/1.1\r\n" + host + "\r\n", 400, "bad_host"),
                Arguments.of(
                        "absolute form of this host",
                        "GET http://Jarvis.test/mine HTTP/1.1\r\n" + host + "\r\n",
                        401,
                        "missing_credentials"),
                Arguments.of(
                        "H2 the same twice",
                        POST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                        400,
                        "bad_framing"),
                Arguments.of("asterisk", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", 400, "bad_host"),
                Arguments.of(
                        "H25",
                        "GET /mine HTTP/1.1\r\n" + host + "X-Original-URL: /admin\r\n\r\n",
                        401,
                        "missing_credentials"),
                Arguments.of("H28 NUL", "GET /a%00b HTTP/1.1\r\n" + host + "\r\n", 400, "bad_path"),
                Arguments.of("H28 overlong", "GET /a%c0%af HTTP/1.1\r\n" + host + "\r\n", 400, "bad_path"),
                Arguments.of("H28 %u", "GET /a%u002e HTTP/1.1\r\n" + host + "\r\n", 400, "bad_path"),
                Arguments.of(
                        "H29",
                        POST + "Expect: 100-continue\r\nContent-Length: 41943040\r\n\r\n",
                        413,
                        "payload_too_large"),
                Arguments.of("H30", POST + "Expect: banana\r\nContent-Length: 2\r\n\r\n{}", 417, "expectation_failed"),
                Arguments.of(
                        "H40",
                        "GET /mine HTTP/1.1\r\n" + host
                                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                        400,
                        "bad_upgrade"),
                Arguments.of("unknown", "GET /nowhere HTTP/1.1\r\n" + host + "\r\n", 404, "not_found"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedHeads")
    void refusesWithStatusAndCode(String row, String request, int status, String code) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            String answer = connection.send(request).readAnswer();

            assertThat(answer).matches("(?s)HTTP/1\\.[01] " + status + " .*").contains("\"code\":\"" + code + "\"");
            assertThat(answer).contains("x-request-id: req_");
            if (code.equals("bad_framing") || code.equals("bad_header")) {
                assertThat(connection.readToEnd())
                        .as("where a next request begins is unknown")
                        .isIn("", "<reset>");
            }
        }
    }

    /** White space around a value is no part of it (RFC 9110 §5.5). */
    @Test
    void h4_h5_whiteSpaceAroundALengthOrAnEncodingIsNothing() throws IOException {
        String echoed = "{\"text\":\"a\"}";
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(POST + "Content-Length: 12 \r\n\r\n" + echoed);
            assertThat(connection.readAnswer()).startsWith("HTTP/1.1 200 ").endsWith(echoed);
            connection.send(POST + "Transfer-Encoding: \tchunked\r\n\r\nC\r\n" + echoed + "\r\n0\r\n\r\n");
            assertThat(connection.readAnswer()).startsWith("HTTP/1.1 200 ").endsWith(echoed);
        }
    }

    @Test
    void t27_trailersOfARequestAreNoHeaders() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            String answer = connection
                    .send(
                            "GET /mine HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTrailer: Authorization\r\n\r\n"
                                    + "0\r\nAuthorization: Bearer sk-jv-x\r\n\r\n")
                    .readAnswer();

            assertThat(answer).startsWith("HTTP/1.1 401 ").contains("missing_credentials");
        }
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(POST + "Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                    + "8;name=value\r\n{\"text\":\r\n4\r\n\"a\"}\r\n0\r\nX-Sum: 1\r\n\r\n"
                    + "GET /things/7 HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(connection.readAnswer()).endsWith("{\"text\":\"a\"}");
            assertThat(connection.readAnswer()).endsWith("{\"id\":\"7\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked\r\n\r\n5\r\n{\"tex", "Content-Length: 100\r\n\r\n{\"tex"})
    void h9_anUnfinishedBodyIsRefused(String rest) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            String answer = connection.send(POST + rest).finish().readToEnd();

            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"code\":\"incomplete_body\"", "x-request-id: req_");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Authorization: Basic abc\r\n",
                "X-Api-Key: two words\r\n",
                "X-Api-Key: sk-jv-a\r\nX-Api-Key: sk-jv-b\r\n"
            })
    void t26_nobodysBodyIsNotWaitedFor(String credential) throws IOException {
        String head = "POST /mine HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n";
        try (RawConnection connection = new RawConnection(port)) {
            assertThat(connection
                            .send(head + credential + "Expect: 100-continue\r\n\r\n")
                            .readAnswer())
                    .startsWith("HTTP/1.1 401 ")
                    .contains("www-authenticate: Bearer");
        }
    }

    /** It was answered once; that its body never came whole is nobody's question any more. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\n{\"te", "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"te"})
    void whoIsRefusedBeforeItsBodyHasComeIsAnsweredOnce(String rest) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            assertThat(connection
                            .send("POST /nowhere HTTP/1.1\r\nHost: x\r\n" + rest)
                            .readAnswer())
                    .startsWith("HTTP/1.1 404 ");

            assertThat(connection.finish().readToEnd()).doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void whoClosesAfterAWholeRequestIsGone() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            assertThat(connection.finish().readToEnd()).isEmpty();
        }
    }

    @Test
    void h32_aHeadThatTricklesInIsCutOff() throws IOException {
        HttpDoor impatient = impatient(Duration.ofMillis(200), Duration.ofMinutes(1));
        try (RawConnection connection = new RawConnection(impatient.port())) {
            assertThat(connection.send("GET / HT").readToEnd())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("request_timeout");
        }
        impatient.close().await();
    }

    @Test
    void h32_aLaterHeadThatTricklesInIsCutOffToo() throws IOException {
        HttpDoor impatient = impatient(Duration.ofMillis(200), Duration.ofMinutes(1));
        try (RawConnection connection = new RawConnection(impatient.port())) {
            assertThat(connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").readAnswer())
                    .startsWith("HTTP/1.1 404 ");
            assertThat(connection.send("GET / HT").readToEnd())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("request_timeout");
        }
        impatient.close().await();
    }

    @Test
    void aConnectionWithoutARequestIsClosedInTheEnd() throws IOException {
        HttpDoor impatient = impatient(Duration.ofMillis(200), Duration.ofMillis(100));
        try (RawConnection connection = new RawConnection(impatient.port())) {
            assertThat(connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").readAnswer())
                    .startsWith("HTTP/1.1 404 ");

            assertThat(connection.readToEnd()).isEmpty();
        }
        impatient.close().await();
    }

    @Test
    void anAnswerThatTakesLongIsNoIdleConnection() throws IOException {
        Duration idle = Duration.ofMillis(20);
        Routes slow = (table, vertx) -> table.add(
                HttpMethod.POST,
                "/slow",
                (request, scope) -> BodyReader.read(request, 100)
                        .onSuccess(body -> vertx.setTimer(
                                20 * idle.toMillis(),
                                timer -> request.response().end("at last"))));
        HttpDoor impatient = HttpDoor.open(
                        VERTX, "127.0.0.1", 0, 1, Duration.ofMillis(100), idle, CrossOrigin.NOBODY, List.of(slow))
                .await();
        try (RawConnection connection = new RawConnection(impatient.port())) {
            String head = "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n";
            assertThat(connection.send(head + "\r\n{}").readAnswer()).endsWith("at last");
            assertThat(connection.send(head + "Expect: 100-continue\r\n\r\n").readHead())
                    .startsWith("HTTP/1.1 100 ");
            assertThat(connection.send("{}").readAnswer()).endsWith("at last");
        }
        impatient.close().await();
    }

    private static HttpDoor impatient(Duration headTimeout, Duration idleTimeout) {
        return HttpDoor.open(VERTX, "127.0.0.1", 0, 1, headTimeout, idleTimeout, CrossOrigin.NOBODY, List.of())
                .await();
    }

    @Test
    void h32_aBodyThatTricklesInIsCutOff() throws IOException {
        Routes slow = (table, vertx) -> table.add(
                HttpMethod.POST,
                "/echo",
                (request, scope) -> BodyReader.read(request, 100, Duration.ofMillis(200))
                        .onFailure(refusal -> Answers.refuse(request, scope.requestId(), (Refusal) refusal)));
        HttpDoor impatient =
                HttpDoor.open(VERTX, "127.0.0.1", 0, 1, List.of(slow)).await();
        try (RawConnection connection = new RawConnection(impatient.port())) {
            assertThat(connection.send(POST + "Content-Length: 10\r\n\r\n{\"te").readToEnd())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("request_timeout");
        }
        impatient.close().await();
    }

    @Test
    void h33_aBodyOverTheLimitIsRefusedReadablyAfterItWasSentWhole() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            byte[] part = new byte[1024 * 1024];
            connection.send(POST + "Content-Length: " + 3 * part.length + "\r\n\r\n");
            for (int i = 0; i < 3; i++) {
                connection.send(part);
            }

            assertThat(connection.readAnswer()).startsWith("HTTP/1.1 413 ").contains("payload_too_large");
        }
    }

    @Test
    void aRefusedBodyThatGoesOnForEverIsCutOff() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            byte[] part = new byte[1024 * 1024];
            connection.send(POST + "Content-Length: " + (1L << 40) + "\r\n\r\n");
            assertThat(connection.readAnswer()).startsWith("HTTP/1.1 413 ");
            for (int i = 0; i < 80; i++) {
                connection.send(part);
            }

            assertThat(connection.readToEnd()).doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void h34_nothingBehindARefusedUnreadBodyIsTakenForARequest() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            String smuggled = "GET /things/smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
            String answers = connection
                    .send(POST + "Expect: banana\r\nContent-Length: " + smuggled.length() + "\r\n\r\n" + smuggled)
                    .finish()
                    .readToEnd();

            assertThat(answers).contains("417").doesNotContain("smuggled");
        }
    }

    @Test
    void aRefusalOfRightsIsToldToTheAudit() throws Exception {
        HttpResponse<String> answer = get("/admin", "sk-jv-x");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(REFUSED).contains("/admin admin_required");
    }

    @Test
    void aFaultSaysNothingOfTheInside() throws Exception {
        HttpResponse<String> answer = get("/broken", "a.b.c");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("internal_error").doesNotContain("secret");
    }

    @Test
    void unknownAndDuplicateFieldsAreRefused() throws Exception {
        assertThat(post("/echo", "{\"text\":\"a\",\"txet\":1}").body()).contains("unknown_parameter", "txet");
        assertThat(post("/echo", "{\"text\":\"a\",\"text\":\"b\"}").body()).contains("duplicate_key");
        assertThat(post("/echo", "{\"text\":").body()).contains("invalid_json");
        assertThat(post("/echo", "{\"text\":{}}").body()).contains("invalid_type", "text");
        assertThat(post("/echo", "{\"text\":\"好\"}").body()).isEqualTo("{\"text\":\"好\"}");
    }

    @Test
    void aPathParameterIsOneSegment() throws Exception {
        assertThat(get("/things/7", "a.b.c").body()).isEqualTo("{\"id\":\"7\"}");
        assertThat(get("/things/7/8", "a.b.c").statusCode()).isEqualTo(404);
        assertThat(get("/things/", "a.b.c").statusCode()).isEqualTo(404);
        assertThat(get("//things/7", "a.b.c").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"a,a", "a/b,a/b", "a%2Fb,a/b", "a%2fb/c:d+e@f,a/b/c:d+e@f", "%E4%B8%80,一", "a/,a/"})
    void theRestOfAPathMayHaveSlashes(String sent, String read) throws Exception {
        assertThat(get("/names/" + sent, "a.b.c").body()).isEqualTo("{\"name\":\"" + read + "\"}");
    }

    @ParameterizedTest
    @CsvSource({"/names/,404", "/names,404", "/names/a%00,400", "/names/%c0%af,400", "/names/%2,400"})
    void theRestOfAPathIsNotEmptyAndWellFormed(String path, int status) throws Exception {
        try (RawConnection connection = new RawConnection(port)) {
            assertThat(connection
                            .send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .readAnswer())
                    .startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void whatAnswersGetAnswersHeadWithTheHeadAlone() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            String rest = " HTTP/1.1\r\nHost: x\r\n\r\n";
            connection.send("HEAD /things/7" + rest + "HEAD /nowhere" + rest + "GET /things/8" + rest);

            assertThat(connection.readHead())
                    .startsWith("HTTP/1.1 200 ")
                    .contains("content-type: application/json", "content-length: 10");
            assertThat(connection.readHead()).startsWith("HTTP/1.1 404 ");
            assertThat(connection.readAnswer()).startsWith("HTTP/1.1 200 ").endsWith("{\"id\":\"8\"}");
            assertThat(connection.send("HEAD /echo" + rest).readHead())
                    .startsWith("HTTP/1.1 405 ")
                    .contains("allow: POST\r\n");
            assertThat(connection.send("DELETE /things/7" + rest).readAnswer())
                    .startsWith("HTTP/1.1 405 ")
                    .contains("allow: GET, HEAD\r\n");
        }
    }

    private static HttpResponse<String> get(String path, String key) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("authorization", "Bearer " + key));
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
