package dev.jarvis.server.engine;

import com.sun.net.httpserver.HttpServer;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Step;
import dev.jarvis.testkit.provider.Usage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** G2, G3, G5, G8: what bounds a run. */
class LimitsTest extends EngineTest {
    /** Where pages may be read by agents of this test, beside 127.0.0.1 where they may not. */
    private static final String PAGES = "127.0.0.2";

    LimitsTest() {
        super(Map.of("JARVIS_FETCH_ALLOW", PAGES + "/32"));
    }

    @BeforeAll
    void prepare() {
        server.createModel("busy");
    }

    @Test
    void g2_endsAtTheFirstLimitThatIsReached() {
        assertThat(loopingRun(Map.of("max_steps", 3))).isEqualTo("max_steps_reached 3");
        // Each step uses 1,000 tokens and costs 0.0011: the step that reaches the limit is the last one.
        assertThat(loopingRun(Map.of("max_tokens", 2_500))).isEqualTo("max_tokens_reached 3");
        assertThat(loopingRun(Map.of("max_cost", "0.0022"))).isEqualTo("max_cost_reached 2");
    }

    /** A model that always asks for another sum; how its run ended, and after how many calls of the model. */
    private String loopingRun(Map<String, ?> limits) {
        AtomicInteger number = new AtomicInteger();
        provider.script(request -> Script.chat()
                .toolCall("calculator", "{\"expression\":\"1+" + number.incrementAndGet() + "\"}")
                .usage(new Usage(900, 100, 0, 0))
                .steps(request));
        int before = provider.received().size();
        String agent = ann.agent(
                "busy", Map.of("limits", limits, "tools", List.of(Map.of("type", "builtin", "name", "calculator"))));
        String run = ann.send(ann.conversation(agent), "Go on");
        ApiAnswer failed = ann.await(run, "failed");
        return failed.text("/run/error/code") + " " + (provider.received().size() - before);
    }

    @Test
    void g2_aRunThatHangsEndsWithItsTime() {
        provider.scriptNext(Scripts.tokensThen(1, new Step.Stall()));
        String agent = ann.agent("busy", Map.of("limits", Map.of("max_seconds", 2)));
        String run = ann.send(ann.conversation(agent), "Hang");
        assertThat(ann.await(run, "failed").text("/run/error/code")).isEqualTo("max_seconds_reached");
    }

    @Test
    void aModelThatRepeatsItselfIsStopped() {
        provider.script(Script.chat().toolCall("calculator", "{\"expression\":\"1+1\"}"));
        String agent = ann.agent("busy", Map.of("tools", List.of(Map.of("type", "builtin", "name", "calculator"))));
        String run = ann.send(ann.conversation(agent), "Loop");
        assertThat(ann.await(run, "failed").text("/run/error/code")).isEqualTo("loop_detected");
    }

    @Test
    void g3_noPrivateAddressIsReachedByAnyName() {
        String agent = ann.agent(
                "busy",
                Map.of(
                        "limits",
                        Map.of("max_steps", 30),
                        "tools",
                        List.of(Map.of("type", "builtin", "name", "http_fetch"))));
        List<String> targets = List.of(
                "http://169.254.169.254/latest/meta-data/",
                "http://127.0.0.1:" + provider.port() + "/v1/models",
                "http://localhost:" + provider.port() + "/v1/models",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://2130706433/",
                "http://127.1/",
                "http://0.0.0.0/",
                "http://10.0.0.1/",
                "https://user:secret@example.com/",
                "file:///etc/passwd",
                "gopher://127.0.0.1/");
        int received = provider.received().size();
        AtomicInteger number = new AtomicInteger();
        provider.script(request -> {
            int next = number.getAndIncrement();
            return (next < targets.size()
                            ? Script.chat().toolCall("http_fetch", "{\"url\":\"" + targets.get(next) + "\"}")
                            : Script.chat())
                    .steps(request);
        });
        String run = ann.send(ann.conversation(agent), "Look around");
        ApiAnswer done = ann.await(run, "done");
        List<String> states = done.json()
                .path("steps")
                .valueStream()
                .filter(step -> step.path("kind").asString().equals("tool"))
                .map(step -> step.path("status").asString())
                .toList();
        assertThat(states).hasSize(targets.size()).containsOnly("failed");
        assertThat(provider.received().subList(received, provider.received().size()))
                .allMatch(request -> request.method().equals("POST"));
    }

    @Test
    void g5_whateverAPageHoldsIsTextWithinBounds() throws IOException {
        byte[] piece = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        Map<String, String> outcomes = new LinkedHashMap<>();
        HttpServer pages = HttpServer.create(new InetSocketAddress(PAGES, 0), 0);
        pages.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        page(pages, outcomes, "/100-megabytes", "text/plain", 100, piece, "HTTP 200 text/plain .*xxx\n\\[cut off]");
        page(
                pages,
                outcomes,
                "/binary",
                "application/octet-stream",
                1,
                new byte[9_999],
                ".*\\[not text; nothing is shown]");
        page(pages, outcomes, "/bad-utf-8", "text/plain", 1, new byte[] {'a', (byte) 0xff, 0, 'b'}, ".*\n\na\ufffdb");
        page(
                pages,
                outcomes,
                "/deep",
                "application/json",
                64,
                "[".repeat(1 << 14).getBytes(StandardCharsets.UTF_8),
                ".*\\[\\[\\[\n\\[cut off]");
        page(
                pages,
                outcomes,
                "/tags",
                "text/html",
                64,
                "<a <!-- ".repeat(1 << 11).getBytes(StandardCharsets.UTF_8),
                "HTTP 200 text/html .*");
        page(
                pages,
                outcomes,
                "/returns",
                "text/html",
                64,
                "\r".repeat(1 << 14).getBytes(StandardCharsets.UTF_8),
                "HTTP 200 text/html .*");
        pages.start();
        try {
            List<String> paths = List.copyOf(outcomes.keySet());
            AtomicInteger number = new AtomicInteger();
            provider.script(request -> {
                int next = number.getAndIncrement();
                return (next < paths.size()
                                ? Script.chat()
                                        .toolCall(
                                                "http_fetch",
                                                "{\"url\":\"http://" + PAGES + ":"
                                                        + pages.getAddress().getPort() + paths.get(next) + "\"}")
                                : Script.chat())
                        .steps(request);
            });
            String agent = ann.agent("busy", Map.of("tools", List.of(Map.of("type", "builtin", "name", "http_fetch"))));
            ApiAnswer done = ann.await(ann.send(ann.conversation(agent), "Read them all"), "done");
            List<String> contents = done.json()
                    .path("steps")
                    .valueStream()
                    .filter(step -> step.path("kind").asString().equals("tool"))
                    .map(step -> step.at("/output/content").asString())
                    .toList();
            assertThat(contents).hasSameSizeAs(paths).allMatch(content -> content.length() < 110_000);
            for (int i = 0; i < paths.size(); i++) {
                assertThat(contents.get(i)).as(paths.get(i)).matches("(?s)" + outcomes.get(paths.get(i)));
            }
        } finally {
            pages.stop(0);
        }
    }

    private static void page(
            HttpServer pages,
            Map<String, String> outcomes,
            String path,
            String type,
            int times,
            byte[] piece,
            String outcome) {
        outcomes.put(path, outcome);
        pages.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < times; i++) {
                    out.write(piece);
                }
            }
        });
    }

    @Test
    void toolsAreGivenOnlyWhatTheirSchemaAllows() {
        provider.scriptNext(
                Script.chat().toolCall("calculator", "{\"expression\":5}"),
                Script.chat().toolCall("calculator", "{not json"),
                Script.chat().toolCall("calculator", "[".repeat(5_000)),
                Script.chat().toolCall("rm_rf", "{}"),
                Script.chat().words("Sorry"));
        String agent = ann.agent("busy", Map.of("tools", List.of(Map.of("type", "builtin", "name", "calculator"))));
        ApiAnswer done = ann.await(ann.send(ann.conversation(agent), "Try"), "done");
        assertThat(done.json()
                        .path("steps")
                        .valueStream()
                        .filter(step -> step.path("kind").asString().equals("tool"))
                        .map(step -> step.path("status").asString()))
                .containsExactly("failed", "failed", "failed", "failed");
    }

    @Test
    void g8_aDisabledUsersRunEndsAtItsNextStep() {
        EngineUser leaver = EngineUser.create(server, "leaver");
        String id = leaver.api().get("/api/v1/auth/me").text("/id");
        provider.script(request -> {
            server.admin()
                    .put("/api/v1/users/" + id, Map.of("status", "disabled"))
                    .expect(200);
            return Script.chat()
                    .toolCall("calculator", "{\"expression\":\"1+1\"}")
                    .steps(request);
        });
        String agent = leaver.agent("busy", Map.of("tools", List.of(Map.of("type", "builtin", "name", "calculator"))));
        String run = leaver.send(leaver.conversation(agent), "Work");
        String code = Await.value(
                "the run has failed",
                () -> server.database()
                        .query("SELECT coalesce(end_code, '') FROM runs WHERE id = '" + run + "'")
                        .getFirst(),
                text -> !text.isEmpty());
        assertThat(code).isEqualTo("credentials_blocked");
    }

    @Test
    void g8_aKeyForOneModelRunsNoAgentOfAnother() {
        server.createModel("forbidden");
        String key = ann.api()
                .post("/api/v1/keys", Map.of("name", "narrow", "allowed_models", List.of("busy")))
                .expect(201)
                .text("/key");
        EngineUser narrow = new EngineUser(server.anonymous().as(key));
        String run = narrow.send(narrow.conversation(narrow.agent("forbidden", Map.of())), "Hello");
        assertThat(narrow.await(run, "failed").text("/run/error/code")).isEqualTo("model_not_found");
        String allowed = narrow.send(narrow.conversation(narrow.agent("busy", Map.of())), "Hello");
        narrow.await(allowed, "done");
    }
}
