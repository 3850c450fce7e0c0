package dev.jarvis.server.mcp;

import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Servers that the official SDKs make, in Java and in TypeScript. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class McpPeersTest {
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final Map<String, String> servers = new HashMap<>();
    private final Map<String, String> agents = new HashMap<>();
    private TestingServer server;
    private McpUser user;
    private JavaMcpServer java;
    private NodeMcpServer node;

    @BeforeAll
    void start() throws IOException {
        node = new NodeMcpServer();
        java = new JavaMcpServer();
        server = TestingServer.builder().withProvider(provider).start();
        server.createModel("talker");
        user = new McpUser(server.admin(), provider);
        servers.put("java", user.add("java", java.url(), Map.of()));
        servers.put("node", user.add("node", node.url(), Map.of()));
        servers.forEach((name, id) -> {
            user.allow(id, "add", "fail", "slow");
            agents.put(name, user.agent(id));
        });
        user.allow(servers.getOrDefault("node", ""), "picture", "wait");
    }

    @AfterEach
    void reset() {
        provider.reset();
    }

    @AfterAll
    void stop() {
        server.close();
        java.close();
        node.close();
        provider.close();
    }

    private String call(String peer, String tool, String arguments) {
        return McpUser.outcome(user.call(agents.getOrDefault(peer, ""), "mcp_" + peer + "_" + tool, arguments));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "node"})
    void listsToolsWithTheirSchemas(String peer) {
        ApiAnswer listed = user.server(servers.getOrDefault(peer, ""));
        assertThat(listed.text("/state")).isEqualTo("ok");
        assertThat(listed.text("/server_name")).contains("-peer 1.0.0");
        assertThat(listed.text("/protocol_version")).isEqualTo("2025-06-18");
        JsonNode add = user.tool(servers.getOrDefault(peer, ""), "add");
        assertThat(add.path("description").asString()).isEqualTo("Adds two numbers.");
        assertThat(add.at("/schema/properties/a/type").asString()).isEqualTo("number");
        assertThat(add.path("state").asString()).isEqualTo("allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "node"})
    void callsAToolAndBringsItsStructuredContent(String peer) {
        assertThat(call(peer, "add", "{\"a\":1.5,\"b\":2}")).isEqualTo("done: {\"sum\":3.5}");

        JsonNode offered = provider.received().getLast().json().path("tools");
        assertThat(offered.findValuesAsString("name")).contains("mcp_" + peer + "_add");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "node"})
    void checksArgumentsByTheServersSchemaBeforeTheCall(String peer) {
        assertThat(call(peer, "add", "{\"a\":\"one\",\"b\":2}"))
                .startsWith("failed: The arguments are not as the tool's schema wants them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "node"})
    void tellsTheModelThatAToolFailedAndGoesOn(String peer) {
        assertThat(call(peer, "fail", "{}")).startsWith("failed: ").contains("it is broken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "node"})
    void readsOnThroughReportsOfProgress(String peer) {
        assertThat(call(peer, "slow", "{\"steps\":5}")).isEqualTo("done: after 5 steps");
    }

    @Test
    void namesAPictureAndLeavesItOut() {
        assertThat(call("node", "picture", "{}")).isEqualTo("done: [image left out: image/png, 3 bytes]\n\na picture");
    }

    @Test
    void g7_aServerIsToldThatItsCallIsCancelled() {
        String run = user.begin(agents.getOrDefault("node", ""), "mcp_node_wait", "{}");
        node.await("waiting");
        user.api().post("/api/v1/runs/" + run + "/cancel", "").expect(200);
        node.await("cancelled");
        Await.until(
                "the run is cancelled",
                () -> user.api().get("/api/v1/runs/" + run).text("/run/status").equals("cancelled"));
    }
}
