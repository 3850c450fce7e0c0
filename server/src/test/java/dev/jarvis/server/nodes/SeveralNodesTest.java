package dev.jarvis.server.nodes;

import dev.jarvis.platform.settings.Settings;
import dev.jarvis.server.JarvisServer;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.RunningServer;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.RunningRedis;
import dev.jarvis.testkit.database.TestDatabase;
import dev.jarvis.testkit.provider.Gate;
import dev.jarvis.testkit.provider.ReceivedRequest;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Step;
import dev.jarvis.testkit.proxy.FaultProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The topology of {@code deploy/compose.yaml} without its load balancer: three gateways, one PostgreSQL, one Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralNodesTest {
    private static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RunningRedis redis = RunningRedis.start();
    private final FaultProxy toRedis = FaultProxy.before(redis.port());
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final TestDatabase database = RunningPostgres.newDatabase();
    private final List<TestingServer> nodes =
            IntStream.range(0, 3).mapToObj(this::node).toList();

    SeveralNodesTest() {
        nodes.forEach(node -> Await.until("the node counts in Redis", () -> redisIsFine(node)));
    }

    private TestingServer node(int number) {
        return TestingServer.builder()
                .withDatabase(database)
                .withProvider(provider)
                .withSetting("JARVIS_MASTER_KEY", MASTER_KEY)
                .withSetting("JARVIS_ADMIN_PASSWORD", "correct horse battery")
                .withSetting("JARVIS_REDIS_URL", "redis://127.0.0.1:" + toRedis.port())
                .startedBy(InProcess::start)
                .start();
    }

    /** A server within this JVM: three processes would cost seconds and show nothing more. */
    private record InProcess(JarvisServer server) implements RunningServer {
        static RunningServer start(Map<String, String> environment, Path directory) {
            Map<String, String> settings = new HashMap<>(environment);
            settings.put("JARVIS_LISTEN", "127.0.0.1:0");
            settings.put("JARVIS_EVENT_LOOPS", "1");
            return new InProcess(JarvisServer.start(Settings.read(Map.of(), settings, Optional.empty())));
        }

        @Override
        public URI base() {
            return server.url();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    @AfterAll
    void stop() {
        nodes.forEach(TestingServer::close);
        provider.close();
        toRedis.close();
        redis.close();
        http.close();
    }

    private static boolean redisIsFine(TestingServer node) {
        return node.anonymous()
                .get("/health/ready")
                .expect(200)
                .json()
                .path("checks")
                .path("redis")
                .path("ok")
                .asBoolean();
    }

    private CompletableFuture<HttpResponse<String>> chat(int node, String key, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(nodes.get(node % 3).base() + "/v1/chat/completions"))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A stream that stops half way until the test lets it go on. */
    private static Script pausing(Gate gate) {
        return request -> {
            List<Step> steps = new ArrayList<>(Script.chat().tokens(4).steps(request));
            steps.add(steps.size() / 2, new Step.Pause(gate));
            return steps;
        };
    }

    private static String ask(String model, String text) {
        return """
                {"model":"%s","max_tokens":10,"messages":[{"role":"user","content":"%s"}]}""".formatted(model, text);
    }

    private static String askForStream(String model, String text) {
        return ask(model, text).replace("{\"model\"", "{\"stream\":true,\"model\"");
    }

    /** Asks under an idempotency key until what became of an earlier request is written. */
    private HttpResponse<String> awaitAnswer(
            int node, String key, String body, String idempotency, String what, Predicate<HttpResponse<String>> until) {
        return Await.value(
                what,
                () -> chat(node, key, body, "idempotency-key", idempotency).join(),
                until);
    }

    private String model(String name, Object... keys) {
        List<Map<String, Object>> apiKeys = new ArrayList<>();
        for (Object key : keys) {
            apiKeys.add(Map.of("key", key));
        }
        String id = nodes.getFirst().createModel(name, Map.of("api_keys", apiKeys));
        nodes.forEach(node -> node.awaitCallable(name));
        return id;
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private long sentWith(String key) {
        return provider.received().stream()
                .map(ReceivedRequest::key)
                .filter(key::equals)
                .count();
    }

    /** Which provider key a node would take now, by its last four characters. */
    private String keyTaken(TestingServer node, String modelId) {
        return node.admin()
                .post("/api/v1/llm-models/" + modelId + "/test", Map.of())
                .text("/key_hint");
    }

    @Test
    void aLimitSetOnOneNodeHoldsOnAllOfThemTogether() {
        model("limited", "sk-limited-0001");
        ApiAnswer created = nodes.getFirst().admin().post("/api/v1/keys", Map.of("name", "limited"));
        String key = created.text("/key");
        nodes.getFirst()
                .admin()
                .put("/api/v1/rate-limits/caller_key/" + created.text("/id"), Map.of("requests_per_minute", 20))
                .expect(200);

        List<HttpResponse<String>> counted = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            int at = node;
            Await.until("the limit is known to node " + node, () -> {
                HttpResponse<String> answer =
                        chat(at, key, ask("limited", "tokens=1")).join();
                if (!header(answer, "x-ratelimit-limit-requests").isEmpty()) {
                    counted.add(answer); // under less than the limit, if another node counts by itself yet
                }
                return header(answer, "x-ratelimit-limit-requests").equals("20");
            });
        }
        IntStream.range(0, 90)
                .mapToObj(i -> chat(i, key, ask("limited", "tokens=1")))
                .toList()
                .forEach(answer -> counted.add(answer.join()));

        long admitted =
                counted.stream().filter(answer -> answer.statusCode() == 200).count();
        // A busy machine can make Redis look slow; then nodes apply their shares, which leave some of the limit unused.
        boolean allTogether = counted.stream()
                .allMatch(answer -> header(answer, "x-ratelimit-mode").isEmpty());
        assertThat(admitted).isBetween(allTogether ? 20L : 1L, 20L);
    }

    @Test
    void r2_aKeyThatOneNodeFindsRefusedIsSetAsideByAll() {
        String id = model("two-keys", "sk-first-of-two-1111", "sk-second-of-two-2222");
        provider.whenKey("sk-first-of-two-1111", Scripts.invalidKey());
        String key = nodes.getFirst().createCallerKey("r2");

        assertThat(chat(0, key, ask("two-keys", "tokens=1")).join().statusCode())
                .isEqualTo(200);
        nodes.forEach(node -> Await.until(
                "the refused key is set aside", () -> keyTaken(node, id).equals("2222")));

        long before = sentWith("sk-first-of-two-1111");
        for (int i = 0; i < 9; i++) {
            assertThat(chat(i, key, ask("two-keys", "tokens=1")).join().statusCode())
                    .isEqualTo(200);
        }
        assertThat(sentWith("sk-first-of-two-1111")).isEqualTo(before);
    }

    @Test
    void r12_aRotatedKeyIsUsedByAllNodesAndTheOldOneNeverAgain() {
        String id = model("rotated", "sk-the-old-key-aaaa");
        String key = nodes.getFirst().createCallerKey("r12");
        Gate gate = new Gate();
        provider.whenUserSays("go on", pausing(gate));
        String streamed = askForStream("rotated", "go on");
        List<CompletableFuture<HttpResponse<String>>> streams =
                IntStream.range(0, 500).mapToObj(i -> chat(i, key, streamed)).toList();
        Await.until("all streams run", () -> sentWith("sk-the-old-key-aaaa") == streams.size());

        nodes.getFirst()
                .admin()
                .put("/api/v1/llm-models/" + id, Map.of("api_keys", List.of(Map.of("key", "sk-the-new-key-bbbb"))))
                .expect(200);
        nodes.forEach(node ->
                Await.until("the new key is used", () -> keyTaken(node, id).equals("bbbb")));
        long before = sentWith("sk-the-old-key-aaaa");
        for (int i = 0; i < 9; i++) {
            assertThat(chat(i, key, ask("rotated", "tokens=1")).join().statusCode())
                    .isEqualTo(200);
        }
        gate.open();

        assertThat(streams)
                .allSatisfy(stream -> assertThat(stream.join().body()).contains("data: [DONE]"));
        assertThat(sentWith("sk-the-old-key-aaaa")).isEqualTo(before);
    }

    @Test
    void r13_theSameKeyAndBodyAreSentOnceOnWhicheverNode() {
        model("once", "sk-once-0001");
        String key = nodes.getFirst().createCallerKey("r13");
        String idempotency = UUID.randomUUID().toString();
        String body = ask("once", "tokens=4");

        HttpResponse<String> first =
                chat(0, key, body, "idempotency-key", idempotency).join();
        assertThat(first.statusCode()).isEqualTo(200);
        HttpResponse<String> again =
                awaitAnswer(1, key, body, idempotency, "the answer again", answer -> answer.statusCode() == 200);

        assertThat(header(again, "idempotent-replayed")).isEqualTo("true");
        assertThat(again.body()).isEqualTo(first.body());
        HttpResponse<String> other = chat(2, key, ask("once", "tokens=5"), "idempotency-key", idempotency)
                .join();
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("idempotency_key_reused");
        String stranger = nodes.getFirst().createCallerKey("r13 stranger");
        assertThat(header(
                        chat(2, stranger, body, "idempotency-key", idempotency).join(), "idempotent-replayed"))
                .as("another caller's key is another key")
                .isEmpty();
        assertThat(sentWith("sk-once-0001")).isEqualTo(2);
        assertThat(database.query("SELECT encode(answer, 'escape') FROM idempotency_keys WHERE answer IS NOT NULL"))
                .noneMatch(kept -> kept.contains("choices"));
    }

    @Test
    void r13_aStreamIsGivenAgainAndWhatRunsOrIsUnknownIsNotSentTwice() {
        model("once-stream", "sk-once-stream-0001");
        String key = nodes.getFirst().createCallerKey("r13 stream");
        String idempotency = UUID.randomUUID().toString();
        Gate gate = new Gate();
        provider.whenUserSays("wait for it", pausing(gate));
        String body = askForStream("once-stream", "wait for it");

        CompletableFuture<HttpResponse<String>> first = chat(0, key, body, "idempotency-key", idempotency);
        gate.awaitReached();
        HttpResponse<String> running =
                chat(1, key, body, "idempotency-key", idempotency).join();
        assertThat(running.statusCode()).isEqualTo(409);
        assertThat(running.body()).contains("idempotency_in_progress");
        assertThat(header(running, "retry-after")).isEqualTo("1");

        database.execute(
                "UPDATE idempotency_keys SET renewed_at = now() - interval '2 minutes' WHERE state = 'running'");
        HttpResponse<String> orphan =
                chat(1, key, body, "idempotency-key", idempotency).join();
        assertThat(orphan.statusCode()).isEqualTo(409);
        assertThat(orphan.body()).as("as after a crash").contains("idempotency_outcome_unknown");

        gate.open();
        assertThat(first.join().body()).contains("data: [DONE]");
        HttpResponse<String> again =
                awaitAnswer(2, key, body, idempotency, "the stream again", answer -> answer.statusCode() == 200);
        assertThat(again.body()).isEqualTo(first.join().body());
        assertThat(header(again, "content-type")).startsWith("text/event-stream");
        assertThat(sentWith("sk-once-stream-0001")).isEqualTo(1);
    }

    @Test
    void r13_whatFailedLeavesTheKeyFreeAndBadKeysAreRefused() {
        model("once-failed", "sk-once-failed-0001");
        provider.whenUserSays("fail first", Scripts.serverError(500));
        String key = nodes.getFirst().createCallerKey("r13 failed");
        String idempotency = UUID.randomUUID().toString();

        assertThat(chat(0, key, ask("once-failed", "fail first"), "idempotency-key", idempotency)
                        .join()
                        .statusCode())
                .isGreaterThanOrEqualTo(500);
        long sent = sentWith("sk-once-failed-0001");
        Await.until("the key is free", () -> {
            chat(1, key, ask("once-failed", "fail first"), "idempotency-key", idempotency)
                    .join();
            return sentWith("sk-once-failed-0001") > sent;
        });
        for (String bad : List.of("x".repeat(256), "a b")) {
            HttpResponse<String> refused = chat(1, key, ask("once-failed", "tokens=1"), "idempotency-key", bad)
                    .join();
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("invalid_idempotency_key");
        }
    }

    @Test
    void r13_whatMayHaveBeenPaidIsNotSentAgain() {
        model("once-broken", "sk-once-broken-0001");
        provider.whenUserSays("break off", Scripts.stream(""));
        provider.whenUserSays("hang up", request -> List.of(new Step.Reset()));
        String key = nodes.getFirst().createCallerKey("r13 broken");
        List<String> bodies = List.of(askForStream("once-broken", "break off"), ask("once-broken", "hang up"));

        for (String body : bodies) {
            long before = sentWith("sk-once-broken-0001");
            String idempotency = UUID.randomUUID().toString();
            HttpResponse<String> broken =
                    chat(0, key, body, "idempotency-key", idempotency).join();
            assertThat(broken.statusCode()).isEqualTo(502);

            HttpResponse<String> again = awaitAnswer(
                    1,
                    key,
                    body,
                    idempotency,
                    "what became of it is written",
                    answer -> !answer.body().contains("idempotency_in_progress"));
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(again.body()).contains("idempotency_outcome_unknown");
            assertThat(sentWith("sk-once-broken-0001")).isEqualTo(before + 1);
        }
    }

    @Test
    void b12_withoutRedisAllNodesServeOnAndSaySo() {
        model("degraded", "sk-degraded-0001");
        ApiAnswer created = nodes.getFirst().admin().post("/api/v1/keys", Map.of("name", "degraded"));
        nodes.getFirst()
                .admin()
                .put("/api/v1/rate-limits/caller_key/" + created.text("/id"), Map.of("requests_per_minute", 100_000))
                .expect(200);
        toRedis.refuse(true);
        toRedis.resetAll();
        try {
            nodes.forEach(node -> Await.until("Redis is missed", () -> !redisIsFine(node)));
            for (int node = 0; node < 3; node++) {
                int at = node;
                Await.until(
                        "the answer says that limits are shared out",
                        () -> header(
                                        chat(at, created.text("/key"), ask("degraded", "tokens=1"))
                                                .join(),
                                        "x-ratelimit-mode")
                                .equals("degraded"));
            }
        } finally {
            toRedis.refuse(false);
        }
        nodes.forEach(node -> Await.until("Redis is back", () -> redisIsFine(node)));
    }
}
