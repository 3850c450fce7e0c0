package dev.jarvis.platform.http;

import dev.jarvis.platform.identity.IdentityCheck;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossOriginTest {
    private static final String PAGE = "https://chat.example.com";

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Vertx vertx = Vertx.vertx();
    private final int nobody = open(CrossOrigin.of(List.of()));
    private final int some = open(CrossOrigin.of(List.of(PAGE, "app://obsidian.md")));
    private final int all = open(CrossOrigin.of(List.of("*")));

    @AfterAll
    void close() {
        vertx.close().await();
        executor.close();
    }

    private int open(CrossOrigin crossOrigin) {
        BlockingEndpoints endpoints = new BlockingEndpoints(
                        credential -> new IdentityCheck.Unknown(), (call, refusal) -> {}, executor)
                .add(HttpMethod.GET, "/v1/models", Access.USER, call -> Reply.ok(List.of()))
                .add(HttpMethod.GET, "/api/v1/users", Access.PUBLIC, call -> Reply.ok(List.of()));
        return HttpDoor.open(vertx, "127.0.0.1", 0, 1, crossOrigin, List.of(endpoints))
                .await()
                .port();
    }

    /** The head of the answer, in lower case. */
    private static String ask(int port, String request, String... headers) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            String head = request + " HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", headers);
            return connection
                    .send(head + (headers.length > 0 ? "\r\n\r\n" : "\r\n"))
                    .readHead();
        }
    }

    @ParameterizedTest
    @CsvSource({"https://chat.example.com", "app://obsidian.md"})
    void aPageThatMayIsToldWhatItMaySend(String origin) throws IOException {
        String answer = ask(
                some,
                "OPTIONS /v1/chat/completions",
                "Origin: " + origin,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization,content-type,x-stainless-lang");

        assertThat(answer)
                .startsWith("HTTP/1.1 204 ")
                .contains(
                        "access-control-allow-origin: " + origin + "\r\n",
                        "access-control-allow-methods: GET, HEAD, POST\r\n",
                        "access-control-allow-headers: authorization,content-type,x-stainless-lang\r\n",
                        "vary: origin\r\n")
                .doesNotContain("credentials");
    }

    @Test
    void refusalsCanBeReadByThePageToo() throws IOException {
        assertThat(ask(some, "GET /v1/models", "Origin: " + PAGE))
                .startsWith("HTTP/1.1 401 ")
                .contains("access-control-allow-origin: " + PAGE + "\r\n", "access-control-expose-headers: *\r\n");
        assertThat(ask(all, "GET /v1/nothing", "Origin: null"))
                .startsWith("HTTP/1.1 404 ")
                .contains("access-control-allow-origin: *\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "https://other.example.com",
        "http://chat.example.com",
        "https://chat.example.com:8443",
        "https://chat.example.com.other.test",
        "null"
    })
    void otherPagesAreToldNothing(String origin) throws IOException {
        assertThat(ask(some, "OPTIONS /v1/models", "Origin: " + origin, "Access-Control-Request-Method: GET"))
                .startsWith("HTTP/1.1 405 ")
                .doesNotContain("access-control-");
        assertThat(ask(some, "GET /v1/models", "Origin: " + origin))
                .contains("vary: origin\r\n")
                .doesNotContain("access-control-");
    }

    @Test
    void withoutTheSettingNoPageIsToldAnything() throws IOException {
        assertThat(ask(nobody, "OPTIONS /v1/models", "Origin: " + PAGE, "Access-Control-Request-Method: GET"))
                .startsWith("HTTP/1.1 405 ")
                .doesNotContain("access-control-", "vary");
    }

    @Test
    void whatIsNotUnderV1IsForPagesOfThisServerAlone() throws IOException {
        assertThat(ask(all, "GET /api/v1/users", "Origin: " + PAGE))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("access-control-");
        assertThat(ask(all, "OPTIONS /api/v1/users", "Origin: " + PAGE, "Access-Control-Request-Method: GET"))
                .startsWith("HTTP/1.1 405 ")
                .doesNotContain("access-control-");
    }

    @Test
    void aQuestionAndTheCallAfterItShareAConnection() throws IOException {
        try (RawConnection connection = new RawConnection(all)) {
            String rest = " HTTP/1.1\r\nHost: x\r\nOrigin: " + PAGE + "\r\n";
            connection.send("OPTIONS /v1/models" + rest + "Access-Control-Request-Method: GET\r\n\r\n");
            assertThat(connection.readHead()).startsWith("HTTP/1.1 204 ");
            assertThat(connection.send("GET /v1/models" + rest + "\r\n").readAnswer())
                    .startsWith("HTTP/1.1 401 ");
        }
    }
}
