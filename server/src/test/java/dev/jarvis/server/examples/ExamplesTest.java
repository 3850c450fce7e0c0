package dev.jarvis.server.examples;

import dev.jarvis.server.sdk.NodeScript;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.database.Repository;
import dev.jarvis.testkit.provider.ReceivedRequest;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Step;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Every example of {@code examples/}, run as a reader runs it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final ScriptedProvider provider = ScriptedProvider.start();
    private TestingServer server;
    private String key;

    @BeforeAll
    void start() {
        server = TestingServer.builder().withProvider(provider).start();
        server.createModel("exact");
        key = server.createCallerKey("examples");
        provider.script(ExamplesTest::answer);
    }

    @AfterAll
    void stop() {
        server.close();
        provider.close();
    }

    /** With a tool at hand it is called first. */
    private static List<Step> answer(ReceivedRequest request) {
        boolean told = request.json()
                .path("messages")
                .valueStream()
                .anyMatch(message -> message.path("role").asString().equals("tool"));
        boolean asks = request.json().path("tools").size() > 0 && !told;
        return (asks
                        ? Script.chat().toolCall("calculator", "{\"expression\":\"0.1+0.2\"}")
                        : Script.chat().words(told ? "0.3 it is" : "Good day"))
                .steps(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bash curl/model.sh",
                "python3 python/model.py",
                "node javascript/model.mjs",
                "java java/Model.java"
            })
    void aModelAnswersWholeAndStreamed(String command) throws Exception {
        assertThat(run(command, "exact").split("Good day", -1)).as("twice").hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bash curl/agent.sh",
                "python3 python/agent.py",
                "node javascript/agent.mjs",
                "java java/Agent.java"
            })
    void anAgentIsMadeFollowedAndDeleted(String command) throws Exception {
        assertThat(run(command, "exact")).contains("calculator", "0.1+0.2", "0.3 it is");
        assertThat(server.database().query("SELECT id FROM agents")).isEmpty();
    }

    @Test
    void openAisClientUsesAnAgentAsAModel() throws IOException {
        String agent = server.admin()
                .post(
                        "/api/v1/agents",
                        Map.of(
                                "name",
                                "Exact",
                                "slug",
                                "exact",
                                "model",
                                Map.of("model_id", "exact"),
                                "tools",
                                List.of(Map.of("type", "builtin", "name", "calculator"))))
                .expect(201)
                .text("/id");
        String printed = NodeScript.print(root().resolve("javascript/openai-sdk.mjs"), environment("agent:exact"));
        assertThat(printed.split("0.3 it is", -1)).hasSize(3);
        server.admin().delete("/api/v1/agents/" + agent).expect(204);
    }

    @Test
    void thePerformanceExampleCountsCallsTokensAndErrors() throws Exception {
        String many = "python3 python/performance.py --calls 40 --at-once 10";
        assertThat(run(many, "exact"))
                .contains(
                        "40 calls in ", "40 answered", "first piece: ", "whole answer:", "p99 ", "errors:       none");
        Ended refused = execute(many, "no-such-model");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.output()).contains("0 answered", "40 × model_not_found");
    }

    private String run(String command, String model) throws Exception {
        Ended ended = execute(command, model);
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended.output();
    }

    private record Ended(int code, String output) {}

    private Ended execute(String command, String model) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        if (words.getFirst().equals("java")) {
            words.set(0, JAVA);
            words.add(1, "-XX:TieredStopAtLevel=1"); // it runs for a second, most of which it compiles
        }
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(root().toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment(model));
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).exceptionally(tooLong -> process.destroyForcibly());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private Map<String, String> environment(String model) {
        return Map.of("BASE_URL", server.base().toString(), "TOKEN", key, "MODEL", model);
    }

    private static Path root() {
        return Repository.root().resolve("examples");
    }
}
