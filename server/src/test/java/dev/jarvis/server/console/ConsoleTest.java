package dev.jarvis.server.console;

import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.HttpDoor;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.identity.IdentityCheck;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {
    private static final String SCRIPT = "/assets/index-DiwrgTda.js";
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String HTML = """
            <!doctype html><html><head><meta property="csp-nonce" nonce="__CSP_NONCE__"></head>\
            <body><script type="module" src="/assets/index-DiwrgTda.js"></script></body></html>
            """;

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int port;

    private Path directory = Path.of("");

    @BeforeAll
    void open(@TempDir Path fresh) throws IOException {
        directory = fresh;
        Path root = directory.resolve("console");
        write(root, "index.html", HTML);
        write(root, "index.html.gz", "never sent");
        write(root, "favicon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        write(root, "assets/index-DiwrgTda.js", "plain");
        write(root, "assets/index-DiwrgTda.js.br", "as brotli");
        write(root, "assets/index-DiwrgTda.js.gz", "as gzip");
        write(root, "assets/latin-BmBaZ_4x.woff2", "font");
        port = open(ConsoleFiles.in(root));
    }

    @AfterAll
    void close() {
        client.close();
        vertx.close().await();
        executor.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/models/42",
                "/models/deepseek%2Fchat",
                "/%E6%A8%A1%E5%9E%8B",
                "/a+b",
                "/usage?from=1",
                "/login/"
            })
    void pagesAreTheIndex(String path) {
        HttpResponse<String> answer = get(port, path, Map.of("accept", BROWSER));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(answer, "cache-control")).isEqualTo("no-store");
        assertThat(answer.headers().firstValue("etag")).isEmpty();
        assertThat(header(answer, "x-request-id")).startsWith("req_");
        assertThat(answer.body()).contains("<!doctype html>").doesNotContain(IndexPage.PLACE);
    }

    @ParameterizedTest
    @CsvSource({
        "/api, 404",
        "/api/v1/users/, 404",
        "/API/v1/users, 404",
        "/%61pi/v1/users, 404",
        "//api/v1/users, 404",
        "/api%2Fv1%2Fusers, 404",
        "/x/../api/v1/users, 404",
        "/%2e%2e/etc/passwd, 404",
        "/..%2f..%2fetc/passwd, 404",
        "/..%5c..%5cwindows, 404",
        "/./, 404",
        "/v1/chat/completion, 404",
        "/v1beta/models, 404",
        "/mcp, 404",
        "/health, 404",
        "/metrics/, 404",
        "/.well-known/security.txt, 404",
        "/assets/index-GoneGone.js, 404",
        "/assets/../favicon.svg, 404",
        "/assets, 404",
        "//, 404",
        "/a%00b, 400",
        "/a%c0%af, 400",
        "/%zz, 400",
        "/known, 405"
    })
    void whatCannotBeAPageIsRefusedInJson(String path, int status) throws IOException {
        String answer =
                exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/json", "\"request_id\"");
        assertThat(answer).doesNotContain("<!doctype");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/html;q=0", "", "text/htmlx"})
    void whoDoesNotAskForHtmlIsToldThatThereIsNothing(String accept) {
        HttpResponse<String> answer = get(port, "/models/42", accept.isEmpty() ? Map.of() : Map.of("accept", accept));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"not_found\"");
    }

    @Test
    void aPageRunsNothingButItsOwnFilesAndEachAnswerHasItsOwnNonce() {
        HttpResponse<String> answer = get(port, "/", Map.of());
        String nonce = nonce(answer);

        assertThat(header(answer, "content-security-policy"))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce
                        + "'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none';"
                        + " form-action 'self'; frame-ancestors 'none'; object-src 'none'");
        assertThat(answer.body()).contains("nonce=\"" + nonce + "\"");
        assertThat(nonce(get(port, "/", Map.of()))).isNotEqualTo(nonce);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", SCRIPT, "/favicon.svg", "/models/42"})
    void everythingForbidsTheBrowserWhatItDoesNotNeed(String path) {
        HttpResponse<String> answer = get(port, path, Map.of("accept", BROWSER));

        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(answer, "x-frame-options")).isEqualTo("DENY");
        assertThat(header(answer, "referrer-policy")).isEqualTo("no-referrer");
        assertThat(header(answer, "cross-origin-opener-policy")).isEqualTo("same-origin");
        assertThat(header(answer, "permissions-policy")).contains("camera=()", "microphone=()", "geolocation=()");
        assertThat(header(answer, "content-security-policy"))
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            delimiter = '|',
            value = {
                "none                      | none | plain",
                "identity                  | none | plain",
                "gzip, deflate, br, zstd   | br   | as brotli",
                "gzip                      | gzip | as gzip",
                "GZIP;q=0.5                | gzip | as gzip",
                "br;q=0, gzip              | gzip | as gzip",
                "br;q=0,*                  | gzip | as gzip",
                "*                         | br   | as brotli",
                "*;q=0                     | none | plain",
                "br;q=odd                  | none | plain",
            })
    void filesComeInTheBestFormThatIsAccepted(String accepted, String encoding, String body) {
        HttpResponse<String> answer =
                get(port, SCRIPT, accepted == null ? Map.of() : Map.of("accept-encoding", accepted));

        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("content-encoding").orElse(null)).isEqualTo(encoding);
        assertThat(header(answer, "vary")).isEqualTo("Accept-Encoding");
        assertThat(header(answer, "content-type")).isEqualTo("text/javascript; charset=utf-8");
    }

    @Test
    void filesNamedByTheirContentAreKeptForEverAndOthersAskedFor() {
        assertThat(header(get(port, SCRIPT, Map.of()), "cache-control"))
                .isEqualTo("public, max-age=31536000, immutable");
        HttpResponse<String> font = get(port, "/assets/latin-BmBaZ_4x.woff2", Map.of("accept-encoding", "br"));
        assertThat(header(font, "cache-control")).contains("immutable");
        assertThat(header(font, "content-type")).isEqualTo("font/woff2");
        assertThat(font.headers().firstValue("vary")).isEmpty();
        assertThat(header(get(port, "/favicon.svg", Map.of()), "cache-control")).isEqualTo("no-cache");
    }

    @Test
    void aKnownFileIsNotSentAgain() {
        String gzip = header(get(port, SCRIPT, Map.of("accept-encoding", "gzip")), "etag");
        String plain = header(get(port, SCRIPT, Map.of()), "etag");
        assertThat(gzip).isNotEqualTo(plain);

        for (String known : List.of(plain, "W/" + plain, "\"other\", " + plain, "*")) {
            HttpResponse<String> answer = get(port, SCRIPT, Map.of("if-none-match", known));
            assertThat(answer.statusCode()).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(header(answer, "etag")).isEqualTo(plain);
        }
        assertThat(get(port, SCRIPT, Map.of("if-none-match", gzip)).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=0-1", "bytes=-1", "bytes=9-1", "bytes=0-99999999999999999999", "bytes=0-0,2-3", "odd"})
    void aRangeIsAnsweredWithTheWhole(String range) {
        HttpResponse<String> answer = get(port, SCRIPT, Map.of("range", range));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("plain");
    }

    @ParameterizedTest
    @CsvSource({"/, 0", "/assets/index-DiwrgTda.js, 5", "/favicon.svg, 41"})
    void headAnswersWhatGetWouldWithoutTheBody(String path, long length) {
        HttpResponse<String> answer = send(port, "HEAD", path, Map.of());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        long said = answer.headers().firstValueAsLong("content-length").orElse(-1);
        assertThat(said)
                .isEqualTo(length == 0 ? get(port, path, Map.of()).body().length() : length);
        assertThat(header(answer, "content-type")).isEqualTo(header(get(port, path, Map.of()), "content-type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void filesAreOnlyRead(String method) {
        for (String path : List.of("/", SCRIPT)) {
            HttpResponse<String> answer =
                    send(port, method, path, Map.of("accept", BROWSER, "origin", "https://evil.test"));
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(header(answer, "allow")).isEqualTo("GET, HEAD");
            assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        }
        assertThat(send(port, method, "/models/42", Map.of("accept", BROWSER)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aBodyThatComesAlongIsNotTakenForARequest() throws IOException {
        String smuggled = "GET /favicon.svg HTTP/1.1\r\nHost: x\r\n\r\n";
        String answer =
                exchange("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: " + smuggled.length() + "\r\n\r\n" + smuggled);

        assertThat(answer).contains("connection: close").containsOnlyOnce("HTTP/1.1 ");
    }

    @Test
    void aPathTooLongIsRefused() throws IOException {
        assertThat(exchange("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n"))
                .contains(" 414 ", "uri_too_long");
    }

    @Test
    void theFilesAreFoundInAnArchive() throws Exception {
        Path archive = directory.resolve("with space.jar");
        try (FileSystem jar = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            write(jar.getPath("/console"), "index.html", HTML);
            write(jar.getPath("/console"), "assets/index-DiwrgTda.js", "from the archive");
        }
        ConsoleFiles files;
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {archive.toUri().toURL()}, null)) {
            files = ConsoleFiles.onClassPath(loader);
        }

        assertThat(files.index()).hasValue(HTML);
        assertThat(get(open(files), SCRIPT, Map.of()).body()).isEqualTo("from the archive");
    }

    @Test
    void theFilesAreFoundInADirectory() throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            assertThat(ConsoleFiles.onClassPath(loader).assets())
                    .containsKey(SCRIPT)
                    .doesNotContainKey(SCRIPT + ".gz");
        }
    }

    @Test
    void aServerBuiltWithoutItSaysHowToBuildIt() throws IOException {
        int without = open(ConsoleFiles.NONE);

        HttpResponse<String> answer = get(without, "/", Map.of("accept", BROWSER));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(header(answer, "content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.body()).contains("./mvnw");
        assertThat(get(without, "/", Map.of()).body()).isEqualTo(answer.body());
    }

    private int open(ConsoleFiles files) {
        BlockingEndpoints endpoints = new BlockingEndpoints(
                        credential -> new IdentityCheck.Unknown(), (call, refusal) -> {}, executor)
                .add(HttpMethod.POST, "/known", Access.PUBLIC, call -> Reply.noContent());
        return HttpDoor.open(vertx, "127.0.0.1", 0, 1, List.of(endpoints, Console.of(files)))
                .await()
                .port();
    }

    private static void write(Path root, String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.resolveSibling(".").normalize());
        Files.writeString(file, content);
    }

    private HttpResponse<String> get(int server, String path, Map<String, String> headers) {
        return send(server, "GET", path, headers);
    }

    private HttpResponse<String> send(int server, String method, String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** As it is, where a client would tidy the path. */
    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String nonce(HttpResponse<String> answer) {
        Matcher nonce =
                Pattern.compile("'nonce-([A-Za-z0-9+/=]{24})'").matcher(header(answer, "content-security-policy"));
        assertThat(nonce.find()).isTrue();
        return nonce.group(1);
    }
}
