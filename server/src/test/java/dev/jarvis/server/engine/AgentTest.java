package dev.jarvis.server.engine;

import dev.jarvis.server.testing.Api;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Script;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class AgentTest extends EngineTest {
    private EngineUser bob;

    @BeforeAll
    void prepare() {
        server.createModel("small");
        bob = EngineUser.create(server, "bob");
    }

    @Test
    void holdsNoKeyAndNoAddress() {
        for (String field : List.of("api_key", "apiKey", "base_url", "api_base", "Authorization", "headers")) {
            ApiAnswer atTop = ann.api()
                    .post(
                            "/api/v1/agents",
                            Map.of("name", "x", "model", Map.of("model_id", "small"), field, "placeholder"));
            ApiAnswer inModel = ann.api()
                    .post(
                            "/api/v1/agents",
                            Map.of("name", "x", "model", Map.of("model_id", "small", field, "placeholder")));
            assertThat(atTop.errorCode()).as(field).isEqualTo("credentials_not_accepted");
            assertThat(inModel.errorCode()).as(field).isEqualTo("credentials_not_accepted");
            assertThat(atTop.body()).doesNotContain("placeholder");
        }
    }

    @Test
    void isSharedWithATeamOrAllAndChangedByItsOwnerOnly() {
        String id = ann.agent("small", Map.of("name", "Shared", "instructions", "one"));
        String one = "/api/v1/agents/" + id;
        assertThat(bob.api().get(one).status()).isEqualTo(404);
        ann.api().put(one, Map.of("visibility", "all")).expect(200);
        assertThat(bob.api().get(one).expect(200).json().path("editable").asBoolean())
                .isFalse();
        assertThat(bob.api().put(one, Map.of("name", "Mine")).errorCode()).isEqualTo("not_the_owner");
        assertThat(bob.api().delete(one).errorCode()).isEqualTo("not_the_owner");
        ann.api().put(one, Map.of("instructions", "two")).expect(200);
        JsonNode diff = ann.api().get(one + "/versions/1/diff").json().path("data");
        assertThat(diff).hasSize(1);
        assertThat(diff.get(0).toString())
                .isEqualTo("{\"field\":\"instructions\",\"before\":\"one\",\"after\":\"two\"}");
        ApiAnswer restored = ann.api().post(one + "/versions/1/restore", "").expect(200);
        assertThat(restored.text("/instructions")).isEqualTo("one");
        assertThat(restored.json().path("version").asInt()).isEqualTo(3);
    }

    @Test
    void isTakenElsewhereAsAFile() {
        String agent = ann.agent(
                "small",
                Map.of(
                        "icon", "🦉",
                        "description", "Knows",
                        "instructions", "You serve {{who}} in {{place}}.",
                        "variables",
                                List.of(
                                        Map.of("name", "who", "description", "Whom"),
                                        Map.of("name", "place", "fallback", "Rome")),
                        "model", Map.of("model_id", "small", "temperature", 0.25, "stop", List.of("END")),
                        "tools", List.of(Map.of("type", "builtin", "name", "calculator", "approval", true)),
                        "limits", Map.of("max_cost", "1.50", "max_steps", 7)));
        String file =
                ann.api().get("/api/v1/agents/" + agent + "/export").expect(200).body();
        String copy = bob.api().post("/api/v1/agents/import", file).expect(201).text("/id");
        assertThat(bob.api().get("/api/v1/agents/" + copy + "/export").body()).isEqualTo(file);
        assertThat(ann.api().get("/api/v1/agents/" + copy).status()).isEqualTo(404);

        String conversation = bob.conversation(copy);
        String run = bob.api()
                .post(
                        "/api/v1/conversations/" + conversation + "/messages",
                        Map.of("text", "Hello", "variables", List.of(Map.of("name", "who", "value", "Ann"))))
                .expect(202)
                .text("/run/id");
        bob.await(run, "done");
        assertThat(provider.received()
                        .getLast()
                        .json()
                        .at("/messages/0/content")
                        .asString())
                .isEqualTo("You serve Ann in Rome.");
    }

    @Test
    void aConversationIsRenamedAndReadByWhoeverHasItsLinkUntilThatIsWithdrawn() {
        String conversation = ann.conversation(ann.agent("small", Map.of("name", "Sharer")));
        String one = "/api/v1/conversations/" + conversation;
        provider.script(request ->
                Script.chat().words("You said: " + request.userText()).steps(request));
        ann.await(ann.send(conversation, "not to be seen"), "done");
        ann.api()
                .post(one + "/messages", "{\"text\":\"seen\",\"parent_id\":null}")
                .expect(202);
        ann.api().patch(one, Map.of("title", "Holidays")).expect(200);
        String path = ann.api().post(one + "/share", "").expect(201).text("/path");
        Api stranger = server.anonymous();
        ApiAnswer shared = Await.value(
                "the branch in view is answered",
                () -> stranger.get(path).expect(200),
                answer -> answer.json().path("messages").size() == 2);
        assertThat(shared.text("/title") + " of " + shared.text("/agent_name")).isEqualTo("Holidays of Sharer");
        assertThat(shared.json().path("messages").findValuesAsString("text")).containsExactly("seen", "You said: seen");
        assertThat(shared.body()).doesNotContain("not to be seen", conversation);
        assertThat(stranger.get(one).status()).isEqualTo(401);
        assertThat(stranger.post(path, Map.of("text", "I write too")).status()).isIn(404, 405);
        ann.api().delete(one + "/share").expect(204);
        assertThat(stranger.get(path).errorCode()).isEqualTo("shared_conversation_not_found");
    }

    /** Neither what another agent keeps about the user nor what this one keeps about somebody else. */
    @Test
    void forgetsOnlyWhatItKeepsItselfAboutItsUser() {
        Map<String, ?> memory = Map.of("memory", Map.of("facts", true), "visibility", "all");
        String mine = ann.agent("small", memory);
        String other = ann.agent("small", memory);
        String own = remember(ann, mine, "Likes tea.");
        String ofOther = remember(ann, other, "Likes coffee.");
        String ofBob = remember(bob, mine, "Likes water.");

        assertThat(forget(mine, ofOther)).isEqualTo("failed: There is no such fact.");
        assertThat(forget(mine, ofBob)).isEqualTo("failed: There is no such fact.");
        assertThat(forget(mine, "x")).isEqualTo("failed: There is no such fact.");
        assertThat(facts(ann, other))
                .extracting(fact -> fact.path("id").asString())
                .containsExactly(ofOther);
        assertThat(facts(bob, mine))
                .extracting(fact -> fact.path("id").asString())
                .containsExactly(ofBob);

        assertThat(forget(mine, own)).isEqualTo("done: Forgotten.");
        assertThat(facts(ann, mine)).isEmpty();
    }

    private String remember(EngineUser user, String agent, String fact) {
        useTool(user, agent, "remember_fact", "{\"fact\":\"" + fact + "\"}");
        return facts(user, agent).get(0).path("id").asString();
    }

    private String forget(String agent, String fact) {
        JsonNode step = useTool(ann, agent, "forget_fact", "{\"id\":\"" + fact + "\"}")
                .json()
                .at("/steps/1");
        return step.path("status").asString() + ": "
                + step.at("/output/content").asString();
    }

    private ApiAnswer useTool(EngineUser user, String agent, String tool, String arguments) {
        provider.scriptNext(
                Script.chat().toolCall(tool, arguments), Script.chat().words("Fine"));
        return user.await(user.send(user.conversation(agent), "Go"), "done");
    }

    private static JsonNode facts(EngineUser user, String agent) {
        return user.api()
                .get("/api/v1/facts?agent_id=" + agent)
                .expect(200)
                .json()
                .path("data");
    }

    /** Both pay through the default team throughout, in which everybody is. */
    @Test
    void isSharedWithEverybodyWhoIsInATeamWithItsOwner() {
        EngineUser carol = EngineUser.create(server, "carol");
        String id = carol.agent("small", Map.of("name", "Ours", "slug", "ours", "visibility", "team"));
        String one = "/api/v1/agents/" + id;
        String member = "/api/v1/teams/"
                + server.admin()
                        .post("/api/v1/teams", Map.of("name", "research"))
                        .expect(201)
                        .text("/id")
                + "/members/";
        for (EngineUser user : List.of(carol, bob)) {
            server.admin().put(member + idOf(user), Map.of()).expect(200);
        }
        bob.api().get(one).expect(200);
        assertThat(bob.api().get("/api/v1/agents").body()).contains(id);
        assertThat(bob.api().get("/v1/models").body()).contains("\"agent:ours\"");
        assertThat(ann.api().get(one).status()).isEqualTo(404);
        assertThat(ann.api().get("/api/v1/agents").body()).doesNotContain(id);
        server.admin().delete(member + idOf(bob)).expect(204);
        assertThat(bob.api().get(one).status()).isEqualTo(404);
    }

    private static String idOf(EngineUser user) {
        return user.api().get("/api/v1/auth/me").expect(200).text("/id");
    }

    @Test
    void isAModelForAnyOpenAiClient() {
        ann.agent("small", Map.of("name", "Outside", "slug", "outside", "visibility", "all"));
        ann.agent("small", Map.of("name", "Private", "slug", "private"));
        assertThat(bob.api().get("/v1/models").body())
                .contains("\"agent:outside\"")
                .doesNotContain("agent:private");
        ApiAnswer model = bob.api().get("/v1/models/agent:outside").expect(200);
        assertThat(model.text("/id") + " " + model.text("/owned_by")).isEqualTo("agent:outside agent");
        assertThat(bob.api().get("/v1/models/agent:private").errorCode()).isEqualTo("model_not_found");
        provider.script(Script.chat().words("Good", " day"));
        Map<String, ?> request =
                Map.of("model", "agent:outside", "messages", List.of(Map.of("role", "user", "content", "Hello")));
        ApiAnswer whole = bob.api().post("/v1/chat/completions", request).expect(200);
        assertThat(whole.text("/choices/0/message/content")).isEqualTo("Good day");
        assertThat(whole.json().at("/usage/total_tokens").asInt()).isPositive();
        ApiAnswer streamed = bob.api()
                .post(
                        "/v1/chat/completions",
                        Map.of(
                                "model",
                                "agent:outside",
                                "stream",
                                true,
                                "messages",
                                List.of(Map.of("role", "user", "content", "Hello"))))
                .expect(200);
        assertThat(streamed.body())
                .contains("Good")
                .contains("\"finish_reason\":\"stop\"")
                .endsWith("data: [DONE]\n\n");
        assertThat(bob.api()
                        .post(
                                "/v1/chat/completions",
                                Map.of(
                                        "model",
                                        "agent:private",
                                        "messages",
                                        List.of(Map.of("role", "user", "content", "x"))))
                        .errorCode())
                .isEqualTo("model_not_found");
        provider.reset();
    }

    @Test
    void aPersonIsAskedForWhatAnAgentBelowWantsToDoAndNobodyWhereNobodyWatches() {
        String calculator = ann.agent(
                "small",
                Map.of(
                        "slug",
                        "lowest",
                        "tools",
                        List.of(Map.of("type", "builtin", "name", "calculator", "approval", true))));
        String middle = ann.agent("small", Map.of("slug", "middle", "tools", List.of(agentTool(calculator))));
        String top = ann.agent("small", Map.of("slug", "top", "tools", List.of(agentTool(middle))));
        Script[] scripts = {
            Script.chat().toolCall("agent_middle", "{\"task\":\"6*7\"}"),
            Script.chat().toolCall("agent_lowest", "{\"task\":\"6*7\"}"),
            Script.chat().toolCall("calculator", "{\"expression\":\"6*7\"}"),
            Script.chat().words("It is 42"),
            Script.chat().words("42"),
            Script.chat().words("Forty-two")
        };
        provider.scriptNext(scripts);
        String conversation = ann.conversation(top);
        String run = ann.send(conversation, "How much?");
        ApiAnswer waiting = ann.await(run, "waiting");
        String below = waiting.text("/approvals/0/run_id");
        String call = waiting.text("/approvals/0/call_id");
        assertThat(waiting.text("/approvals/0/name")).isEqualTo("calculator");
        assertThat(below).isNotEqualTo(run).isNotEqualTo(waiting.text("/children/0/id"));
        ann.api()
                .post("/api/v1/runs/" + below + "/approvals/" + call, Map.of("approve", true))
                .expect(200);

        List<JsonNode> events = ann.events(run);
        assertThat(events.stream()
                        .filter(event -> event.path("type").asString().startsWith("approval."))
                        .map(event -> event.path("type").asString() + " "
                                + event.path("run_id").asString() + " "
                                + event.path("call_id").asString()))
                .containsExactly("approval.required " + below + " " + call, "approval.decided " + below + " " + call);
        assertThat(EngineUser.text(events, "text.delta")).isEqualTo("Forty-two");
        ApiAnswer done = ann.await(run, "done");
        assertThat(done.text("/run/usage/total_tokens"))
                .as("all three agents'")
                .isEqualTo(
                        ann.api().get("/api/v1/conversations/" + conversation).text("/usage/total_tokens"));

        provider.scriptNext(scripts);
        ApiAnswer outside = ann.api()
                .post(
                        "/v1/chat/completions",
                        Map.of(
                                "model",
                                "agent:top",
                                "messages",
                                List.of(Map.of("role", "user", "content", "How much?"))))
                .expect(200);
        assertThat(outside.text("/choices/0/message/content")).isEqualTo("Forty-two");
        assertThat(server.database().query("SELECT 1 FROM runs WHERE status = 'waiting'"))
                .isEmpty();
    }

    private static Map<String, ?> agentTool(String agent) {
        return Map.of("type", "agent", "agent_id", agent);
    }

    @Test
    void callsOtherAgentsAsTools() {
        String helper = ann.agent("small", Map.of("name", "Helper", "slug", "helper", "instructions", "You help."));
        String boss = ann.agent(
                "small", Map.of("name", "Boss", "tools", List.of(Map.of("type", "agent", "agent_id", helper))));
        provider.scriptNext(
                Script.chat().toolCall("agent_helper", "{\"task\":\"Say blue\"}"),
                Script.chat().words("blue"),
                Script.chat().words("It is blue"));
        String run = ann.send(ann.conversation(boss), "Which colour?");
        ApiAnswer done = ann.await(run, "done");
        assertThat(done.text("/steps/1/output/content")).isEqualTo("blue");
        assertThat(done.text("/children/0/agent/name")).isEqualTo("Helper");
        assertThat(done.json().at("/run/usage/total_tokens").asInt())
                .isGreaterThan(done.json().at("/children/0/usage/total_tokens").asInt());
    }
}
