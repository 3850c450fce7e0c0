package dev.jarvis.server.engine;

import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Step;
import dev.jarvis.testkit.provider.Usage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** G2, G3, G5, G8: what bounds a run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {
    private final ScriptedAgents scripted = new ScriptedAgents();
    private TestingServer server;
    private EngineUser user;

    @BeforeAll
    void start() {
        server = scripted.start();
        server.createModel("busy");
        user = EngineUser.create(server, "ann");
    }

    @AfterEach
    void reset() {
        scripted.provider().reset();
    }

    @AfterAll
    void stop() {
        server.close();
        scripted.provider().close();
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
        scripted.provider()
                .script(request -> Script.chat()
                        .toolCall("calculator", "{\"expression\":\"1+" + number.incrementAndGet() + "\"}")
                        .usage(new Usage(900, 100, 0, 0))
                        .steps(request));
        int before = scripted.provider().received().size();
        String agent = user.agent(
                "busy", Map.of("limits", limits, "tools", List.of(Map.of("type", "builtin", "name", "calculator"))));
        String run = user.send(user.conversation(agent), "Go on");
        ApiAnswer failed = user.await(run, "failed");
        return failed.text("/run/error/code") + " "
                + (scripted.provider().received().size() - before);
    }

    @Test
    void g2_aRunThatHangsEndsWithItsTime() {
        scripted.provider().scriptNext(Scripts.tokensThen(1, new Step.Stall()));
        String agent = user.agent("busy", Map.of("limits", Map.of("max_seconds", 2)));
        String run = user.send(user.conversation(agent), "Hang");
        assertThat(user.await(run, "failed").text("/run/error/code")).isEqualTo("max_seconds_reached");
    }

    @Test
    void aModelThatRepeatsItselfIsStopped() {
        scripted.provider().script(Script.chat().toolCall("calculator", "{\"expression\":\"1+1\"}"));
        String agent = user.agent("busy", Map.of("tools", List.of(Map.of("type", "builtin", "name", "calculator"))));
        String run = user.send(user.conversation(agent), "Loop");
        assertThat(user.await(run, "failed").text("/run/error/code")).isEqualTo("loop_detected");
    }

    @Test
    void g3_noPrivateAddressIsReachedByAnyName() {
        String agent = user.agent(
                "busy",
                Map.of(
                        "limits",
                        Map.of("max_steps", 30),
                        "tools",
                        List.of(Map.of("type", "builtin", "name", "http_fetch"))));
        List<String> targets = List.of(
                "http://169.254.169.254/latest/meta-data/",
                "http://127.0.0.1:" + scripted.provider().port() + "/v1/models",
                "http://localhost:" + scripted.provider().port() + "/v1/models",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://2130706433/",
                "http://127.1/",
                "http://0.0.0.0/",
                "http://10.0.0.1/",
                "https://user:secret@example.com/",
                "file:///etc/passwd",
                "gopher://127.0.0.1/");
        int received = scripted.provider().received().size();
        AtomicInteger number = new AtomicInteger();
        scripted.provider().script(request -> {
            int next = number.getAndIncrement();
            return (next < targets.size()
                            ? Script.chat().toolCall("http_fetch", "{\"url\":\"" + targets.get(next) + "\"}")
                            : Script.chat())
                    .steps(request);
        });
        String run = user.send(user.conversation(agent), "Look around");
        ApiAnswer done = user.await(run, "done");
        List<String> states = done.json()
                .path("steps")
                .valueStream()
                .filter(step -> step.path("kind").asString().equals("tool"))
                .map(step -> step.path("status").asString())
                .toList();
        assertThat(states).hasSize(targets.size()).containsOnly("failed");
        assertThat(scripted.provider()
                        .received()
                        .subList(received, scripted.provider().received().size()))
                .allMatch(request -> request.method().equals("POST"));
    }

    @Test
    void toolsAreGivenOnlyWhatTheirSchemaAllows() {
        scripted.provider()
                .scriptNext(
                        Script.chat().toolCall("calculator", "{\"expression\":5}"),
                        Script.chat().toolCall("calculator", "{not json"),
                        Script.chat().toolCall("calculator", "[".repeat(5_000)),
                        Script.chat().toolCall("rm_rf", "{}"),
                        Script.chat().words("Sorry"));
        String agent = user.agent("busy", Map.of("tools", List.of(Map.of("type", "builtin", "name", "calculator"))));
        ApiAnswer done = user.await(user.send(user.conversation(agent), "Try"), "done");
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
        scripted.provider().script(request -> {
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
        String key = user.api()
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
