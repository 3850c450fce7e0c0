package dev.jarvis.server.engine;

import com.sun.net.httpserver.HttpServer;
import dev.jarvis.server.testing.Api;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Gate;
import dev.jarvis.testkit.provider.LedgerEntry;
import dev.jarvis.testkit.provider.ReceivedRequest;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Step;
import dev.jarvis.testkit.provider.Usage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** G2, G3, G5, G7, G8: what bounds a run, where the gateway cuts the answers of clients that hang up. */
class LimitsTest extends EngineTest {
    /** Where pages may be read by agents of this test, beside 127.0.0.1 where they may not. */
    private static final String PAGES = "127.0.0.2";

    LimitsTest() {
        super(Map.of("JARVIS_FETCH_ALLOW", PAGES + "/32", "JARVIS_CLIENT_GONE", "cancel"));
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
        return ann.failure(run) + " " + (provider.received().size() - before);
    }

    @Test
    void g2_aCostThatIsRecordedLateCountsAllTheSame() throws SQLException {
        Gate second = new Gate();
        AtomicInteger number = new AtomicInteger();
        provider.script(request -> {
            int now = number.incrementAndGet();
            Script call = Script.chat()
                    .toolCall("calculator", "{\"expression\":\"2+" + now + "\"}")
                    .usage(new Usage(900, 100, 0, 0));
            return (now == 2 ? call.after(new Step.Pause(second)) : call).steps(request);
        });
        String agent = ann.agent(
                "busy",
                Map.of(
                        "limits",
                        Map.of("max_cost", "0.0022"),
                        "tools",
                        List.of(Map.of("type", "builtin", "name", "calculator"))));
        String run;
        try (Connection other = server.database().dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE llm_usage IN SHARE MODE");
            run = ann.send(ann.conversation(agent), "Go on");
            second.awaitReached();
            other.rollback();
        }
        Await.until(
                "what the first step cost is recorded",
                () -> !server.database()
                        .query(
                                "SELECT 1 FROM run_steps s JOIN llm_usage u ON u.request_id = s.request_id WHERE s.run_id = '"
                                        + run + "'")
                        .isEmpty());
        second.open();
        assertThat(ann.failure(run)).isEqualTo("max_cost_reached");
        assertThat(number).as("0.0011 each").hasValue(2);
    }

    @Test
    void g2_aModelThatDoesNotComeToAnEndIsCutOff() {
        provider.scriptNext(request -> {
            List<Step> steps = new ArrayList<>(Script.chat()
                    .words(Collections.nCopies(40, "x".repeat(64 << 10)))
                    .steps(request));
            int end = IntStream.range(0, steps.size())
                    .filter(step -> steps.get(step) instanceof Step.Generate)
                    .max()
                    .orElseThrow();
            steps.add(end, new Step.Stall());
            return steps;
        });
        String agent = ann.agent("busy", Map.of("limits", Map.of("max_seconds", 20)));
        String run = ann.send(ann.conversation(agent), "Flood");
        assertThat(ann.failure(run)).isEqualTo("answer_too_long");
        assertThat(closing(provider.received().getLast()))
                .as("nobody reads on")
                .isIn(LedgerEntry.Closing.PEER_CLOSED, LedgerEntry.Closing.PEER_RESET);
    }

    @Test
    void g2_aRunThatHangsEndsWithItsTime() {
        provider.scriptNext(Scripts.tokensThen(1, new Step.Stall()));
        String agent = ann.agent("busy", Map.of("limits", Map.of("max_seconds", 2)));
        String run = ann.send(ann.conversation(agent), "Hang");
        assertThat(ann.failure(run)).isEqualTo("max_seconds_reached");
        assertThat(closing(provider.received().getLast()))
                .isIn(LedgerEntry.Closing.PEER_CLOSED, LedgerEntry.Closing.PEER_RESET);
    }

    @Test
    void aModelThatRepeatsItselfIsStopped() {
        provider.script(Script.chat().toolCall("calculator", "{\"expression\":\"1+1\"}"));
        String agent = ann.agent("busy", Map.of("tools", List.of(Map.of("type", "builtin", "name", "calculator"))));
        String run = ann.send(ann.conversation(agent), "Loop");
        assertThat(ann.failure(run)).isEqualTo("loop_detected");
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

    @Test
    void g7_stopsWhenItsUserSaysSoAndHoldsNothingMore() {
        EngineUser carol = EngineUser.create(server, "carol");
        server.admin()
                .put(
                        "/api/v1/rate-limits/user/"
                                + carol.api().get("/api/v1/auth/me").text("/id"),
                        Map.of("concurrent_requests", 1, "requests_per_minute", 1_000))
                .expect(200);
        Map<String, ?> chat =
                Map.of("model", "busy", "messages", List.of(Map.of("role", "user", "content", "tokens=1")));
        Await.until("the limit counts", () -> limitCounts(carol, chat));
        provider.scriptNext(Scripts.tokensThen(3, new Step.Stall()));
        String run = carol.send(carol.conversation(carol.agent("busy", Map.of())), "Never end");
        Await.until("the answer has begun", () -> carol.run(run).body().contains("req_"));
        assertThat(carol.api().post("/v1/chat/completions", chat).status())
                .as("the run has the only place")
                .isEqualTo(429);
        ReceivedRequest request = provider.received().getLast();

        carol.api().post("/api/v1/runs/" + run + "/cancel", "").expect(200);
        assertThat(carol.await(run, "cancelled").text("/run/error/code")).isEqualTo("run_cancelled");
        assertThat(EngineUser.types(carol.events(run))).endsWith("run.failed");
        assertThat(closing(request)).isIn(LedgerEntry.Closing.PEER_CLOSED, LedgerEntry.Closing.PEER_RESET);
        Await.until(
                "the place is free",
                () -> carol.api().post("/v1/chat/completions", chat).status() == 200);
    }

    private static boolean limitCounts(EngineUser user, Map<String, ?> chat) {
        return user.api()
                .post("/v1/chat/completions", chat)
                .header("x-ratelimit-limit-requests")
                .isPresent();
    }

    @Test
    void g7_aPageThatNeverComesIsNotWaitedForByARunThatIsStopped() throws IOException {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> over = new CompletableFuture<>();
        HttpServer pages = HttpServer.create(new InetSocketAddress(PAGES, 0), 0);
        pages.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        pages.createContext("/", exchange -> {
            asked.complete(null);
            over.join();
            exchange.close();
        });
        pages.start();
        try {
            provider.scriptNext(Script.chat()
                    .toolCall(
                            "http_fetch",
                            "{\"url\":\"http://" + PAGES + ":"
                                    + pages.getAddress().getPort() + "/\"}"));
            String agent = ann.agent("busy", Map.of("tools", List.of(Map.of("type", "builtin", "name", "http_fetch"))));
            String run = ann.send(ann.conversation(agent), "Read it");
            asked.join();
            ann.api().post("/api/v1/runs/" + run + "/cancel", "").expect(200);
            assertThat(ann.failure(run)).isEqualTo("run_cancelled");
            assertThat(ann.run(run).text("/steps/1/output/content")).isEqualTo("Not read: it was stopped.");
        } finally {
            over.complete(null);
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
        int before = provider.received().size();
        provider.script(request -> {
            server.admin()
                    .put("/api/v1/users/" + id, Map.of("status", "disabled"))
                    .expect(200);
            Await.until(
                    "the gateway knows", () -> leaver.api().get("/v1/models").status() != 200);
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
        assertThat(server.database()
                        .query("SELECT kind || ' ' || status FROM run_steps WHERE run_id = '" + run
                                + "' ORDER BY number"))
                .as("the tool that the answer asked for is not called any more")
                .containsExactly("model done");
        assertThat(provider.received()).hasSize(before + 1);
    }

    @Test
    void g8_whatARunIsLentIsGoodForItsAgentsModelsOnlyAndEndsWithItsUsersLogin() {
        server.createModel("another");
        EngineUser lender = EngineUser.create(server, "lender");
        Api lent = server.anonymous().as(lend(lender.api()));
        for (String path : List.of("/api/v1/auth/me", "/api/v1/keys", "/api/v1/agents", "/api/v1/conversations")) {
            assertThat(lent.get(path).status()).as(path).isEqualTo(401);
        }
        assertThat(lent.post("/api/v1/auth/delegate", Map.of("actor", "agent:x"))
                        .status())
                .isEqualTo(401);
        assertThat(lent.post("/v1/chat/completions", hello("another")).errorCode())
                .isEqualTo("model_not_found");
        lent.post("/v1/chat/completions", hello("busy")).expect(200);
        String key = lender.api()
                .post("/api/v1/keys", Map.of("name", "to be revoked"))
                .expect(201)
                .body();
        JsonNode made = JsonMapper.shared().readTree(key);
        Api ofKey = server.anonymous()
                .as(lend(server.anonymous().as(made.path("key").asString())));
        ofKey.post("/v1/chat/completions", hello("busy")).expect(200);

        lender.api().delete("/api/v1/keys/" + made.path("id").asString());
        awaitRefused(ofKey);
        lent.post("/v1/chat/completions", hello("busy")).expect(200);
        lender.api().post("/api/v1/auth/logout", "").expect(204);
        awaitRefused(lent);
    }

    private static String lend(Api api) {
        return api.post("/api/v1/auth/delegate", Map.of("actor", "agent:x", "models", List.of("busy")))
                .expect(200)
                .text("/access_token");
    }

    private static void awaitRefused(Api api) {
        Await.until(
                "it is refused",
                () -> api.post("/v1/chat/completions", hello("busy")).status() == 401);
    }

    private static Map<String, ?> hello(String model) {
        return Map.of("model", model, "messages", List.of(Map.of("role", "user", "content", "Hello")));
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
