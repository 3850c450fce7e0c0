package dev.jarvis.server.engine;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.jarvis.server.browser.Look;
import dev.jarvis.server.browser.Visitor;
import dev.jarvis.server.testing.Api;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.ServerProcess;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import dev.jarvis.testkit.provider.Gate;
import dev.jarvis.testkit.provider.ReceivedRequest;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Step;
import dev.jarvis.testkit.proxy.FaultProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A gateway and two engines in processes of their own on one PostgreSQL, the engines with the restricted role of
 * {@code deploy/engine-role.sql} and without a master key. Clients reach the first engine, browsers the gateway, the gateway the
 * second engine, to which it passes on, and both engines the gateway through proxies that keep every byte.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineApartTest {
    private static final String KEY = "sk-canary/7+Qf=Zx09-on-the-wire";
    private static final Page.GetByLabelOptions EXACT = new Page.GetByLabelOptions().setExact(true);
    private static final String ENGINE_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final TestDatabase database = RunningPostgres.newDatabase();
    private final List<ServerProcess> engines = new CopyOnWriteArrayList<>();
    private TestingServer gateway;
    private ServerProcess first;
    private ServerProcess second;
    private FaultProxy toGateway;
    private FaultProxy toFirst;
    private FaultProxy toSecond;
    private FaultProxy toConsole;
    private EngineUser ann;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        database.execute(Files.readString(Path.of(System.getProperty("jarvis.repository"), "deploy/engine-role.sql")));
        int port = freePort();
        int secondPort = freePort();
        toConsole = FaultProxy.before(port).record();
        toSecond = FaultProxy.before(secondPort).record();
        toGateway = FaultProxy.before(port).record();
        CompletableFuture<ServerProcess> one =
                CompletableFuture.supplyAsync(() -> engine(directory, "first", freePort(), toGateway.port()));
        CompletableFuture<ServerProcess> two =
                CompletableFuture.supplyAsync(() -> engine(directory, "second", secondPort, toGateway.port()));
        gateway = TestingServer.builder()
                .withProvider(provider)
                .withDatabase(database)
                .withSetting("JARVIS_LISTEN", "127.0.0.1:" + port)
                .withSetting("JARVIS_ROLES", "gateway,control,console")
                .withSetting("JARVIS_ENGINE_URL", "http://127.0.0.1:" + toSecond.port())
                .start();
        first = one.join();
        second = two.join();
        toFirst = FaultProxy.before(first.base().getPort()).record();
        gateway.createModel("steady", Map.of("api_keys", List.of(Map.of("key", KEY, "status", "enabled"))));
        ann = EngineUser.create(gateway, "ann");
    }

    private ServerProcess engine(Path directory, String name, int port, int gatewayPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("JARVIS_ROLES", "engine");
        settings.put("JARVIS_LISTEN", "127.0.0.1:" + port);
        settings.put("JARVIS_GATEWAY_URL", "http://127.0.0.1:" + gatewayPort);
        settings.put(
                "JARVIS_DATABASE_URL",
                "postgres://jarvis_engine:not-checked@127.0.0.1:" + database.port() + "/" + database.name());
        settings.put("JARVIS_UNSAFE_DATABASE", "true");
        settings.put("JARVIS_DATA_DIR", directory.resolve(name).toString());
        settings.put("JARVIS_ENGINE_KEY", ENGINE_KEY);
        ServerProcess engine = ServerProcess.start(settings, directory);
        engines.add(engine);
        return engine;
    }

    @AfterEach
    void reset() {
        provider.reset();
    }

    @AfterAll
    void stop() {
        engines.forEach(ServerProcess::close);
        gateway.close();
        for (FaultProxy wire : List.of(toFirst, toSecond, toConsole, toGateway)) {
            wire.close();
        }
        provider.close();
    }

    /** The description's user flow, at an engine that can read no key, and with nobody's key on any wire but the last one. */
    @Test
    void worksWithoutTheRightToReadKeysAndNeverSeesOne() throws Exception {
        Api direct = ann.api().at(URI.create("http://127.0.0.1:" + toFirst.port()));
        EngineUser there = new EngineUser(direct);
        String agent = there.agent(
                "steady",
                Map.of(
                        "slug",
                        "exact",
                        "visibility",
                        "all",
                        "memory",
                        Map.of("facts", true, "mode", "summary"),
                        "tools",
                        List.of(Map.of("type", "builtin", "name", "calculator"))));
        provider.scriptNext(
                Script.chat().toolCall("calculator", "{\"expression\":\"0.1+0.2\"}"),
                Script.chat().words("It is", " 0.3"));
        String run = there.send(there.conversation(agent), "What is 0.1 + 0.2, my canary?");
        List<JsonNode> events = there.events(run);
        assertThat(EngineUser.types(events))
                .startsWith("run.started")
                .contains("tool.result")
                .endsWith("run.done");
        assertThat(EngineUser.text(events, "text.delta")).isEqualTo("It is 0.3");
        assertThat(there.await(run, "done").text("/run/usage/cost/0/amount")).isNotBlank();
        direct.put("/api/v1/agents/" + agent, Map.of("instructions", "Be exact."))
                .expect(200);
        direct.get("/api/v1/facts").expect(200);
        String file = ann.api()
                .upload("/api/v1/attachments?name=notes.txt", "Through the gateway".getBytes(StandardCharsets.UTF_8))
                .expect(201)
                .text("/id");
        assertThat(direct.get("/api/v1/attachments/" + file + "/content").body())
                .isEqualTo("Through the gateway");
        direct.delete("/api/v1/attachments/" + file).expect(204);

        EngineUser bob = EngineUser.create(gateway, "bob");
        assertThat(bob.api()
                        .at(direct.base())
                        .put("/api/v1/agents/" + agent, Map.of("name", "Mine"))
                        .errorCode())
                .isEqualTo("not_the_owner");
        assertThat(database.query("SELECT actor_name FROM audit_logs WHERE action = 'access.refused'"))
                .containsExactly("bob");
        assertThat(gateway.anonymous().at(direct.base()).get("/api/v1/agents").errorCode())
                .isEqualTo("missing_credentials");

        assertThat(provider.received().getLast().key()).isEqualTo(KEY);
        assertNoKeyOn(List.of(toFirst, toGateway), "my canary");
    }

    /** @param prompt that passed on all of them */
    private void assertNoKeyOn(List<FaultProxy> wires, String prompt) {
        for (FaultProxy wire : wires) {
            assertThat(wire.recorded()).as("the proxy sees what passes").anyMatch(bytes -> bytes.contains(prompt));
            for (String form : Encodings.of(KEY)) {
                assertThat(wire.recorded()).noneMatch(bytes -> bytes.contains(form));
            }
        }
        assertThat(first.output() + second.output()).doesNotContain(KEY);
    }

    /** The same by its pages, from the login to what it cost: console, gateway, engine, gateway, provider. */
    @Test
    void theDescriptionsFlowInABrowserHasTheProvidersKeyOnItsLastWireOnly() {
        provider.scriptNext(
                Script.chat().toolCall("calculator", "{\"expression\":\"0.1+0.2\"}"),
                Script.chat().words("It is", " 0.3."));
        try (Visitor visitor = new Visitor(URI.create("http://127.0.0.1:" + toConsole.port()), Look.ENGLISH)) {
            Page page = visitor.open("/agents/new");
            page.getByLabel("User name or e-mail").fill("ann");
            page.getByLabel("Password", EXACT).fill(EngineUser.PASSWORD);
            page.getByRole(AriaRole.BUTTON, named("^Log in$")).click();
            page.getByLabel("Name", EXACT).first().fill("Reckoner");
            page.getByLabel("Model", EXACT).click();
            page.locator(".ant-select-item-option")
                    .filter(new Locator.FilterOptions().setHasText("steady"))
                    .first()
                    .click();
            page.getByLabel("Temperature", EXACT).fill("0.7");
            page.getByRole(AriaRole.CHECKBOX, named("^Calculator")).check();
            page.getByRole(AriaRole.BUTTON, named("^Create$")).click();
            page.waitForURL(Pattern.compile("/agents/[0-9a-f-]{36}"));
            page.getByLabel("Your message").fill("What is 0.1 + 0.2, my canary in a browser?");
            page.getByLabel("Your message").press("Enter");
            page.getByRole(AriaRole.ARTICLE)
                    .filter(new Locator.FilterOptions().setHasText("It is 0.3."))
                    .getByText(Pattern.compile("tokens · \\$0\\.\\d+ · 3 steps"))
                    .waitFor();
            assertThat(visitor.faults()).isEmpty();
        }
        assertThat(provider.received())
                .filteredOn(request -> request.bodyText().contains("my canary in a browser"))
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.key()).isEqualTo(KEY))
                .allSatisfy(
                        request -> assertThat(request.json().path("temperature").asDouble())
                                .isEqualTo(0.7));
        assertNoKeyOn(List.of(toConsole, toSecond, toGateway), "my canary in a browser");
    }

    private static Page.GetByRoleOptions named(String pattern) {
        return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
    }

    @Test
    void theEnginesRoleIsRefusedWhatOpensMore() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), "jarvis_engine", "not-checked");
                Statement statement = connection.createStatement()) {
            for (String query : List.of(
                    "SELECT sealed FROM provider_keys",
                    "SELECT sealed_private FROM signing_keys",
                    "SELECT password_hash FROM users",
                    "SELECT key_hash FROM caller_keys",
                    "SELECT id FROM sessions",
                    "SELECT token_hash FROM refresh_tokens",
                    "SELECT proof FROM vault_state",
                    "SELECT id FROM audit_logs",
                    "SELECT * FROM llm_usage",
                    "UPDATE users SET role = 'admin'",
                    "DELETE FROM llm_usage",
                    "CREATE TABLE mine (id integer)")) {
                assertThatThrownBy(() -> statement.execute(query))
                        .as(query)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
            }
        }
    }

    @Test
    void aGatewayWithoutTheEnginePassesOnToIt() throws Exception {
        String agent = ann.agent("steady", Map.of("slug", "behind", "name", "Behind"));
        provider.script(Script.chat().words("Good", " day"));
        String run = ann.send(ann.conversation(agent), "Hello");
        assertThat(EngineUser.text(ann.events(run), "text.delta")).isEqualTo("Good day");
        assertThat(ann.api()
                        .get("/api/v1/runs/00000000-0000-7000-8000-000000000000")
                        .status())
                .isEqualTo(404);
        assertThat(ann.api().get("/v1/models").body())
                .contains("\"agent:behind\"")
                .contains("\"steady\"");
        Map<String, Object> request = new HashMap<>(
                Map.of("model", "agent:behind", "messages", List.of(Map.of("role", "user", "content", "Hello"))));
        ApiAnswer whole = ann.api().post("/v1/chat/completions", request).expect(200);
        assertThat(whole.text("/choices/0/message/content")).isEqualTo("Good day");
        request.put("stream", true);
        assertThat(ann.api().post("/v1/chat/completions", request).expect(200).body())
                .contains("Good")
                .endsWith("data: [DONE]\n\n");
        assertThat(ann.api()
                        .at(second.base())
                        .post("/v1/chat/completions", request)
                        .expect(200)
                        .body())
                .endsWith("data: [DONE]\n\n");
        assertThat(ann.api().at(second.base()).get("/v1/models").body())
                .contains("\"agent:behind\"")
                .doesNotContain("\"steady\"");
        request.put("model", "steady");
        assertThat(ann.api()
                        .at(second.base())
                        .post("/v1/chat/completions", request)
                        .errorCode())
                .isEqualTo("model_not_found");
    }

    /** The gateway goes away in the middle of an answer, which the engine asks for again: whoever reads it gets it once. */
    @Test
    void aStreamOfAnAgentHasNothingTwiceWhenItsStepIsSentAgain() {
        ann.agent("steady", Map.of("slug", "streamed", "name", "Streamed"));
        Gate gate = new Gate();
        provider.scriptNext(request -> halfway(gate, request));
        Map<String, ?> request = Map.of(
                "model",
                "agent:streamed",
                "stream",
                true,
                "messages",
                List.of(Map.of("role", "user", "content", "Tell me once")));
        CompletableFuture<ApiAnswer> streamed =
                CompletableFuture.supplyAsync(() -> ann.api().at(first.base()).post("/v1/chat/completions", request));
        gate.awaitReached();
        Await.until(
                "half of it is told",
                () -> !database.query("SELECT 1 FROM run_events e JOIN runs r ON r.id = e.run_id"
                                + " WHERE r.agent_name = 'Streamed' AND e.type = 'text.delta'")
                        .isEmpty());
        toGateway.resetAll();
        gate.open();
        StringBuilder text = new StringBuilder();
        streamed.join()
                .expect(200)
                .body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .forEach(line -> text.append(JsonMapper.shared()
                        .readTree(line.substring(6))
                        .at("/choices/0/delta/content")
                        .asString("")));
        assertThat(database.query("SELECT 1 FROM run_events e JOIN runs r ON r.id = e.run_id"
                        + " WHERE r.agent_name = 'Streamed' AND e.type = 'step.restarted'"))
                .isNotEmpty();
        assertThat(text.toString().strip().split(" ")).hasSize(20).doesNotHaveDuplicates();
        assertThat(provider.received().stream().filter(sent -> sent.userText().equals("Tell me once")))
                .as("paid once")
                .hasSize(1);
    }

    /** What an engine is doing when it is killed is taken up by the other, and not asked for a second time. */
    @Test
    void g4_aKilledEnginesRunIsTakenUpByAnotherAndItsStreamThere(@TempDir Path directory) throws Exception {
        ServerProcess doomed =
                engine(directory, "doomed", freePort(), gateway.base().getPort());
        EngineUser there = new EngineUser(ann.api().at(doomed.base()));
        Gate gate = new Gate();
        provider.scriptNext(
                Script.chat().toolCall("calculator", "{\"expression\":\"1+1\"}"), request -> halfway(gate, request));
        String agent = there.agent("steady", Map.of("tools", List.of(Map.of("type", "builtin", "name", "calculator"))));
        String run = there.send(there.conversation(agent), "Go on");
        gate.awaitReached();
        String last = Await.value(
                "the watcher has seen some of the text",
                () -> database.query("SELECT coalesce(max(number), 0) FROM run_events WHERE run_id = '" + run
                                + "' AND type = 'text.delta'")
                        .getFirst(),
                number -> !number.equals("0"));
        doomed.kill();
        // Time passes: the lease of an engine that is dead.
        database.execute("UPDATE runs SET lease_until = now() WHERE id = '" + run + "'");
        CompletableFuture<List<String>> resumed = CompletableFuture.supplyAsync(() -> eventsAfter(run, last));
        Await.until(
                "the other engine has taken the run",
                () -> !database.query("SELECT 1 FROM runs WHERE id = '" + run + "' AND lease_until > now()")
                        .isEmpty());
        gate.open();
        List<String> lines = resumed.join();
        assertThat(lines.stream().filter(line -> line.startsWith("id:")).findFirst())
                .contains("id: " + (Integer.parseInt(last) + 1));
        assertThat(lines).contains("event: step.restarted", "event: run.done");
        EngineUser other = new EngineUser(ann.api().at(second.base()));
        List<JsonNode> events = other.events(run);
        String text = EngineUser.text(
                events.subList(EngineUser.types(events).lastIndexOf("step.restarted"), events.size()), "text.delta");
        assertThat(text.strip().split(" ")).hasSize(20);
        assertThat(provider.received().stream()
                        .filter(request -> request.userText().equals("Go on")))
                .as("each step was sent once")
                .hasSize(2);
    }

    /** One engine stands still for longer than its lease, in the middle of an answer, and wakes while the other goes on with it. */
    @Test
    @Tag("chaos")
    void g4_anEngineThatStoodStillWritesNothingMoreOfARunThatAnotherHolds(@TempDir Path directory) throws Exception {
        ServerProcess sleeper =
                engine(directory, "sleeper", freePort(), gateway.base().getPort());
        EngineUser there = new EngineUser(ann.api().at(sleeper.base()));
        Gate gate = new Gate();
        provider.scriptNext(request -> halfway(gate, request));
        String run = there.send(there.conversation(there.agent("steady", Map.of())), "Stand still");
        gate.awaitReached();
        Await.until("the text so far is told", () -> events(run).contains("2 text.delta"));
        sleeper.pause();
        database.execute("UPDATE runs SET lease_until = now() WHERE id = '" + run + "'");
        Await.until(
                "the other engine has taken the run",
                () -> !database.query("SELECT 1 FROM runs WHERE id = '" + run + "' AND lease_until > now()")
                        .isEmpty());
        sleeper.resume();
        gate.open();
        EngineUser other = new EngineUser(ann.api().at(second.base()));
        other.await(run, "done");
        Await.until(
                "the first engine knows that it has lost the run",
                () -> sleeper.output().contains("A run was taken over by another engine"));
        List<String> events = events(run);
        assertThat(events).as("gapless to its end").endsWith(events.size() + " run.done");
        List<JsonNode> told = other.events(run);
        assertThat(EngineUser.types(told)).containsOnlyOnce("step.restarted");
        List<JsonNode> since = told.subList(EngineUser.types(told).indexOf("step.restarted"), told.size());
        assertThat(EngineUser.text(since, "text.delta").strip().split(" "))
                .as("nothing of the first engine since the second went on")
                .hasSize(20);
        assertThat(provider.received().stream()
                        .filter(request -> request.userText().equals("Stand still")))
                .as("paid once")
                .hasSize(1);
    }

    /** Number and type of each. */
    private List<String> events(String run) {
        return database.query(
                "SELECT number || ' ' || type FROM run_events WHERE run_id = '" + run + "' ORDER BY number");
    }

    /** One engine dies with a run in the middle of its summary, and with one between its summary and the answer. */
    @Test
    @Tag("chaos")
    void g4_aSummaryIsAskedForOnceWhateverMomentItsEngineDiesAt(@TempDir Path directory) throws Exception {
        ServerProcess doomed =
                engine(directory, "forgetful", freePort(), gateway.base().getPort());
        EngineUser there = new EngineUser(ann.api().at(doomed.base()));
        String agent = there.agent("steady", Map.of("memory", Map.of("mode", "summary", "window_tokens", 500)));
        int before = provider.received().size();
        Gate inSummary = new Gate();
        Gate inAnswer = new Gate();
        provider.script(request -> {
            if (isSummary(request)) {
                return request.userText().contains("b".repeat(900))
                        ? halfway(inSummary, request)
                        : Script.chat().words("They like tea.").steps(request);
            }
            return request.userText().endsWith("C goes on")
                    ? halfway(inAnswer, request)
                    : Script.chat().words("Fine").steps(request);
        });
        List<String> runs = new ArrayList<>();
        for (String name : List.of("b", "c")) {
            String conversation = there.conversation(agent);
            String filling = name.repeat(900);
            there.await(there.send(conversation, filling), "done");
            runs.add(there.send(conversation, filling + name.toUpperCase(Locale.ROOT) + " goes on"));
        }
        inSummary.awaitReached();
        inAnswer.awaitReached();
        doomed.kill();
        // Also that its last word to the database, which may be heard only now, gives it no lease anew.
        String both = "id IN ('" + String.join("', '", runs) + "')";
        String dead = database.query("SELECT DISTINCT lease_owner FROM runs WHERE " + both)
                .getFirst();
        Await.until("another engine has taken both", () -> {
            database.execute("UPDATE runs SET lease_until = now() WHERE lease_owner = '" + dead + "'");
            return database.query("SELECT 1 FROM runs WHERE lease_owner <> '" + dead + "' AND " + both)
                            .size()
                    == 2;
        });
        inSummary.open();
        inAnswer.open();
        EngineUser other = new EngineUser(ann.api().at(second.base()));
        for (String run : runs) {
            ApiAnswer done = other.await(run, "done");
            assertThat(done.json()
                            .path("steps")
                            .valueStream()
                            .map(step -> step.path("kind").asString() + " "
                                    + step.path("status").asString()))
                    .containsExactly("summary done", "model done");
        }
        assertThat(provider.received().stream().skip(before).filter(EngineApartTest::isSummary))
                .as("each summary was sent once")
                .hasSize(2);
        assertThat(provider.received().stream()
                        .skip(before)
                        .filter(request -> request.userText().endsWith(" goes on") && !isSummary(request)))
                .as("each answer was sent once, with its summary")
                .hasSize(2)
                .allMatch(request -> request.userText()
                        .contains(request.userText().endsWith("C goes on") ? "They like tea." : " t19"));
    }

    private static boolean isSummary(ReceivedRequest request) {
        return request.bodyText().contains("You keep the memory of a conversation");
    }

    private static List<Step> halfway(Gate gate, ReceivedRequest request) {
        List<Step> steps = new ArrayList<>(Script.chat().tokens(20).steps(request));
        steps.add(steps.size() / 2, new Step.Pause(gate));
        return steps;
    }

    /** At the second engine, as a browser that comes back. */
    private List<String> eventsAfter(String run, String last) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(second.base() + "/api/v1/runs/" + run + "/events"))
                    .header("authorization", "Bearer " + gateway.login("ann", EngineUser.PASSWORD))
                    .header("last-event-id", last)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
