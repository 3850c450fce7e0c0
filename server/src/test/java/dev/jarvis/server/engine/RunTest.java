package dev.jarvis.server.engine;

import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.LongConversation;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Gate;
import dev.jarvis.testkit.provider.ReceivedRequest;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Step;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class RunTest extends EngineTest {
    private static final Map<String, ?> SUMMARIZING = Map.of("memory", Map.of("mode", "summary", "window_tokens", 500));

    @BeforeAll
    void prepare() {
        server.createModel("talker");
    }

    /** The description's user flow: an agent with a model and parameters, a message, a streamed answer, its cost. */
    @Test
    void answersAMessageWithAToolAndShowsWhatItCost() {
        String agent = ann.agent(
                "talker",
                Map.of(
                        "model", Map.of("model_id", "talker", "temperature", "0.7", "max_tokens", 500),
                        "instructions", "Be exact.",
                        "tools", List.of(Map.of("type", "builtin", "name", "calculator"))));
        String conversation = ann.conversation(agent);
        provider.scriptNext(
                Script.chat().reasoning("Let me", " see").toolCall("calculator", "{\"expression\":\"0.1+0.2\"}"),
                Script.chat().words("It is", " 0.3"));
        String run = ann.send(conversation, "What is 0.1 + 0.2?");

        List<JsonNode> events = ann.events(run);
        assertThat(EngineUser.types(events))
                .startsWith("run.started")
                .containsSubsequence("reasoning.delta", "usage", "tool.call", "tool.result", "text.delta", "usage")
                .endsWith("run.done");
        assertThat(EngineUser.text(events, "text.delta")).isEqualTo("It is 0.3");
        JsonNode result = events.stream()
                .filter(event -> event.path("type").asString().equals("tool.result"))
                .findFirst()
                .orElseThrow();
        assertThat(result.path("content").asString()).isEqualTo("0.3");

        ApiAnswer inspected = ann.await(run, "done");
        assertThat(inspected.json().path("steps")).hasSize(3);
        String cost = inspected.text("/run/usage/cost/0/amount");
        assertThat(cost).isEqualTo(costOf(inspected));
        ApiAnswer messages = ann.api().get("/api/v1/conversations/" + conversation + "/messages");
        assertThat(messages.json().path("data")).hasSize(2);
        assertThat(messages.text("/data/1/text")).isEqualTo("It is 0.3");
        assertThat(ann.api().get("/api/v1/conversations/" + conversation).text("/title"))
                .isEqualTo("What is 0.1 + 0.2?");

        List<ReceivedRequest> received = provider.received();
        ReceivedRequest last = received.getLast();
        assertThat(last.key()).isEqualTo(TestingServer.providerKey("talker"));
        assertThat(last.json().path("temperature").asDouble()).isEqualTo(0.7);
        assertThat(last.json().at("/messages/0/content").asString()).isEqualTo("Be exact.");
        assertThat(last.json().at("/messages/3/content").asString()).isEqualTo("0.3");
    }

    /** The gateway's own records, added up by hand. */
    private String costOf(ApiAnswer inspected) {
        List<String> requests = inspected
                .json()
                .path("steps")
                .valueStream()
                .map(step -> step.path("request_id").asString(""))
                .filter(id -> !id.isEmpty())
                .toList();
        assertThat(requests).hasSize(2).doesNotHaveDuplicates();
        return server.database()
                .query(
                        "SELECT trim_scale(sum(user_cost_nano) / 1000000000.0)::text FROM llm_usage WHERE request_id IN ('"
                                + String.join("','", requests) + "')")
                .getFirst();
    }

    @Test
    void goesOnWhereAWatcherLeftOff() {
        Gate gate = new Gate();
        String run = half("Count", gate);
        gate.open();
        List<JsonNode> all = ann.events(run);
        for (int after = 0; after < all.size(); after++) {
            assertThat(ann.events(run, after)).isEqualTo(all.subList(after, all.size()));
        }
        assertThat(EngineUser.text(all, "text.delta").strip().split(" ")).hasSize(20);
    }

    /** A run whose answer of twenty words stands still after nine, all of which are told. */
    private String half(String text, Gate gate) {
        provider.scriptNext(request -> {
            List<Step> steps = new ArrayList<>(Script.chat().tokens(20).steps(request));
            int tenth = IntStream.range(0, steps.size())
                    .filter(step -> steps.get(step) instanceof Step.Generate)
                    .skip(9)
                    .findFirst()
                    .orElseThrow();
            steps.add(tenth, new Step.Pause(gate));
            return steps;
        });
        String run = ann.send(ann.conversation(ann.agent("talker", Map.of())), text);
        gate.awaitReached();
        Await.until(
                "the text so far is told before more comes",
                () -> !server.database()
                        .query("SELECT 1 FROM run_events WHERE run_id = '" + run + "' AND data LIKE '% t8%'")
                        .isEmpty());
        return run;
    }

    /** @param told that the other engine has told of the run already, under the number that is the next here too */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void g4_writesNothingMoreOfARunThatAnotherEngineHolds(boolean told) {
        Gate gate = new Gate();
        String run = half("Count for me, " + told, gate);
        String stranger = "00000000-0000-4000-8000-000000000000";
        int last = events(run).size();
        server.database()
                .execute("UPDATE runs SET lease_owner = '" + stranger + "', lease_until = now() + interval '1 hour'"
                        + " WHERE id = '" + run + "'");
        if (told) {
            last++;
            server.database()
                    .execute("INSERT INTO run_events VALUES ('" + run + "', " + last + ", 'step.restarted', '{}')");
        }
        gate.open();
        Await.until(
                "the answer is over, and whoever gets it could have stored it",
                () -> server.database()
                        .query("SELECT 1 FROM idempotency_keys WHERE state = 'running'")
                        .isEmpty());
        assertThat(events(run)).as("told since another engine holds it").hasSize(last);
        server.database().execute("UPDATE runs SET lease_until = now() WHERE lease_owner = '" + stranger + "'");
        ann.await(run, "done");
        List<String> events = events(run);
        assertThat(events.get(last)).isEqualTo(last + 1 + " step.restarted");
        assertThat(events).endsWith(events.size() + " run.done");
        assertThat(sent("Count for me, " + told)).as("paid once").hasSize(1);
    }

    private List<ReceivedRequest> sent(String text) {
        return provider.received().stream()
                .filter(request -> request.userText().equals(text))
                .toList();
    }

    /** Whoever deletes has the conversation first and the run then: a run must ask for both in the same order. */
    @Test
    void aConversationCanBeDeletedWhileItsRunIsAboutToEnd() throws SQLException {
        Gate gate = new Gate();
        String run = half("Never mind", gate);
        try (Connection other = server.database().dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SET LOCAL deadlock_timeout = '10ms'");
            String conversation = ann.run(run).text("/run/conversation_id");
            statement.execute("SELECT 1 FROM conversations WHERE id = '" + conversation + "' FOR UPDATE");
            gate.open();
            Await.until(
                    "the run's end waits for the conversation",
                    () -> !server.database()
                            .query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                    + " AND datname = current_database()")
                            .isEmpty());
            statement.execute("DELETE FROM conversations WHERE id = '" + conversation + "'");
            other.commit();
        }
        assertThat(ann.api().get("/api/v1/runs/" + run).status()).isEqualTo(404);
    }

    /** Number and type of each. */
    private List<String> events(String run) {
        return server.database()
                .query("SELECT number || ' ' || type FROM run_events WHERE run_id = '" + run + "' ORDER BY number");
    }

    @Test
    void goesOnWhenTheDatabaseWasAwayInTheMiddleOfIt() throws SQLException {
        Gate gate = new Gate();
        provider.scriptNext(request -> {
            List<Step> steps = new ArrayList<>(Script.chat().words("back again").steps(request));
            steps.add(1, new Step.Pause(gate));
            return steps;
        });
        String run = ann.send(ann.conversation(ann.agent("talker", Map.of())), "Are you there?");
        gate.awaitReached();
        try (Connection other = server.database().dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE run_steps IN ACCESS EXCLUSIVE MODE");
            gate.open();
            Await.until(
                    "the run's statement is cut off in the middle",
                    () -> !server.database()
                            .query(
                                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                            + " AND datname = current_database() AND query ILIKE '%UPDATE run_steps%'")
                            .isEmpty());
            other.rollback();
        }
        Await.until("the run is taken up again when its lease is over", () -> {
            server.database()
                    .execute("UPDATE runs SET lease_until = now() WHERE id = '" + run + "' AND status = 'running'");
            return !ann.run(run).text("/run/status").equals("running");
        });

        assertThat(ann.run(run).text("/run/status")).isEqualTo("done");
        assertThat(sent("Are you there?")).as("paid once").hasSize(1);
    }

    @Test
    void g4_aStepThatIsTakenUpAgainCountsOnce() {
        Gate gate = new Gate();
        provider.scriptNext(
                Script.chat().toolCall("calculator", "{\"expression\":\"1+1\"}").after(new Step.Pause(gate)),
                Script.chat().words("Two"));
        String agent = ann.agent(
                "talker",
                Map.of(
                        "limits",
                        Map.of("max_steps", 2),
                        "tools",
                        List.of(Map.of("type", "builtin", "name", "calculator"))));
        String run = ann.send(ann.conversation(agent), "Count on me");
        gate.awaitReached();
        server.database()
                .execute("UPDATE runs SET lease_owner = gen_random_uuid(), lease_until = now() + interval '1 hour'"
                        + " WHERE id = '" + run + "'");
        gate.open();
        Await.until(
                "the answer is over, and whoever gets it could have stored it",
                () -> server.database()
                        .query("SELECT 1 FROM idempotency_keys WHERE state = 'running'")
                        .isEmpty());
        server.database().execute("UPDATE runs SET lease_until = now() WHERE id = '" + run + "'");
        List<JsonNode> events = ann.events(run);
        assertThat(EngineUser.types(events)).contains("step.restarted").endsWith("run.done");
        assertThat(EngineUser.text(events, "text.delta")).isEqualTo("Two");
    }

    @Test
    void branchesWhenAMessageIsChangedOrAnsweredAgain() {
        String conversation = ann.conversation(ann.agent("talker", Map.of()));
        provider.script(request ->
                Script.chat().words("You said: " + request.userText()).steps(request));
        ann.await(ann.send(conversation, "one"), "done");
        String first = ann.api()
                .get("/api/v1/conversations/" + conversation + "/messages")
                .text("/data/0/id");
        String retried = ann.api()
                .post("/api/v1/conversations/" + conversation + "/runs", Map.of("message_id", first))
                .expect(202)
                .text("/run/id");
        ann.await(retried, "done");
        String changed = ann.api()
                .post("/api/v1/conversations/" + conversation + "/messages", "{\"text\":\"two\",\"parent_id\":null}")
                .expect(202)
                .text("/run/id");
        ann.await(changed, "done");
        JsonNode messages = ann.api()
                .get("/api/v1/conversations/" + conversation + "/messages")
                .json()
                .path("data");
        assertThat(messages).hasSize(5);
        assertThat(messages.get(2).path("parent_id").asString()).isEqualTo(first);
        assertThat(ids(messages.get(2).path("sibling_ids")))
                .as("both answers of the first question")
                .containsExactly(idOf(messages.get(1)), idOf(messages.get(2)));
        assertThat(ids(messages.get(0).path("sibling_ids")))
                .as("both that begin a branch")
                .containsExactly(first, idOf(messages.get(3)));
        assertThat(messages.get(3).path("parent_id").isNull()).isTrue();
        assertThat(messages.get(4).path("text").asString()).isEqualTo("You said: two");
        assertThat(provider.received().getLast().json().path("messages")).hasSize(1);

        assertThat(branch(conversation, "")).containsExactly(idOf(messages.get(3)), idOf(messages.get(4)));
        showThrough(conversation, idOf(messages.get(1)));
        assertThat(branch(conversation, "")).containsExactly(first, idOf(messages.get(1)));
        showThrough(conversation, first);
        assertThat(branch(conversation, "")).as("the newer answer").containsExactly(first, idOf(messages.get(2)));

        String runs = "/api/v1/conversations/" + conversation + "/runs?page_size=2";
        ApiAnswer newest = ann.api().get(runs).expect(200);
        assertThat(newest.text("/total")).isEqualTo("3");
        assertThat(newest.json().path("data").findValuesAsString("id"))
                .startsWith(changed)
                .contains(retried);
        assertThat(newest.json().path("data")).hasSize(2);
        assertThat(newest.text("/data/0/usage/complete")).isNotBlank();
        assertThat(ann.api().get(runs + "&page=2").expect(200).json().path("data"))
                .hasSize(1);
    }

    private void showThrough(String conversation, String message) {
        ann.api()
                .patch("/api/v1/conversations/" + conversation, Map.of("through_id", message))
                .expect(200);
    }

    /** The ids of the messages in view, from the beginning of the page. */
    private List<String> branch(String conversation, String more) {
        return ids(page(conversation, "?branch=in_view" + more).json().path("data"));
    }

    private ApiAnswer page(String conversation, String query) {
        return ann.api()
                .get("/api/v1/conversations/" + conversation + "/messages" + query)
                .expect(200);
    }

    private static List<String> ids(JsonNode values) {
        return values.valueStream()
                .map(value -> value.isString() ? value.asString() : idOf(value))
                .toList();
    }

    private static String idOf(JsonNode message) {
        return message.path("id").asString();
    }

    @Test
    void aLongConversationIsReadAPageAtATimeTheNewestFirstWithWhatEachAnswerCost() {
        String conversation = ann.conversation(ann.agent("talker", Map.of()));
        String run = ann.send(conversation, "tokens=3");
        ApiAnswer first = Await.value(
                "the first answer's cost is known",
                () -> ann.run(run),
                answer -> answer.text("/run/usage/complete").equals("true")
                        && answer.text("/run/status").equals("done"));
        LongConversation.prolong(server.database(), conversation, 250);

        assertThat(page(conversation, "").json().path("data")).hasSize(200);
        for (String branch : List.of("all", "in_view")) {
            List<JsonNode> read = new ArrayList<>();
            String query = "?page_size=150&branch=" + branch;
            ApiAnswer page = page(conversation, query);
            while (true) {
                read.addAll(0, page.json().path("data").valueStream().toList());
                if (page.text("/has_more").equals("false")) {
                    break;
                }
                assertThat(page.text("/next")).isEqualTo(page.text("/data/0/id"));
                page = page(conversation, query + "&before=" + page.text("/next"));
            }
            assertThat(read).extracting(RunTest::idOf).hasSize(502).doesNotHaveDuplicates();
            assertThat(read.get(1).path("run_id").asString()).isEqualTo(run);
            assertThat(read.get(3).path("text").asString()).isEqualTo("answer 1");
            assertThat(read.getLast().path("text").asString()).isEqualTo("answer 250");
            for (int i = 0; i < read.size(); i++) {
                JsonNode message = read.get(i);
                assertThat(message.path("parent_id").asString("")).isEqualTo(i == 0 ? "" : idOf(read.get(i - 1)));
                assertThat(ids(message.path("sibling_ids"))).containsExactly(idOf(message));
                assertThat(message.at("/answered/usage/cost"))
                        .as(message.path("text").asString())
                        .isEqualTo(
                                i % 2 == 0
                                        ? MissingNode.getInstance()
                                        : first.json().at("/run/usage/cost"));
            }
        }
    }

    @Test
    void sendsASummaryInPlaceOfWhatNoLongerFitsAndExtendsItInThatBranchOnly() {
        String conversation = ann.conversation(ann.agent("talker", SUMMARIZING));
        provider.script(request -> (isSummary(request)
                        ? Script.chat().words("They like tea. v")
                        : Script.chat().words("Fine"))
                .steps(request));
        int before = provider.received().size();
        String first = ann.send(conversation, "I like tea. " + "a".repeat(900));
        ann.await(first, "done");
        ann.await(ann.send(conversation, "b".repeat(900)), "done");
        ReceivedRequest asked = onlySummary(before);
        assertThat(asked.json().at("/messages/0/content").asString()).doesNotContain("tea");
        assertThat(asked.json().at("/messages/1/content").asString())
                .contains("user:\nI like tea. aaa", "assistant:\nFine");
        String told =
                provider.received().getLast().json().at("/messages/0/content").asString();
        assertThat(told)
                .contains("no instructions.\n<<<", "\nThey like tea. v\n")
                .endsWith("b".repeat(900));
        assertThat(provider.received().getLast().json().path("messages")).hasSize(1);

        // The next run begins with the summary and needs none of its own.
        String third = ann.send(conversation, "And?");
        ApiAnswer inspected = ann.await(third, "done");
        assertThat(provider.received()).hasSize(before + 4);
        assertThat(inspected.text("/older/summary")).isEqualTo("They like tea. v");
        assertThat(inspected.text("/older/messages")).isEqualTo("2");
        assertThat(inspected.json().path("steps")).hasSize(1);

        // A branch that begins anew knows nothing of it.
        ann.api()
                .post("/api/v1/conversations/" + conversation + "/messages", "{\"text\":\"New\",\"parent_id\":null}")
                .expect(202);
        Await.until("the new branch is answered", () -> provider.received().size() == before + 5);
        assertThat(provider.received().getLast().bodyText()).doesNotContain("tea");
    }

    @Test
    void leavesOlderMessagesOutWhereNoSummaryCanBeMadeAndSaysSo() {
        String conversation = ann.conversation(ann.agent("talker", SUMMARIZING));
        provider.script(request -> isSummary(request)
                ? Scripts.error(400, "invalid_request_error", "bad_request", "No.", Map.of())
                        .steps(request)
                : Script.chat().words("Fine").steps(request));
        ann.await(ann.send(conversation, "a".repeat(900)), "done");
        String run = ann.send(conversation, "b".repeat(900));
        assertThat(EngineUser.types(ann.events(run))).containsSubsequence("memory.trimmed", "run.done");
        ApiAnswer inspected = ann.await(run, "done");
        assertThat(inspected.text("/steps/0/kind") + " " + inspected.text("/steps/0/status"))
                .isEqualTo("summary failed");
        assertThat(provider.received()
                        .getLast()
                        .json()
                        .at("/messages/0/content")
                        .asString())
                .isEqualTo("b".repeat(900));
    }

    private static boolean isSummary(ReceivedRequest request) {
        return request.bodyText().contains("You keep the memory of a conversation");
    }

    private ReceivedRequest onlySummary(int before) {
        List<ReceivedRequest> summaries = provider.received().stream()
                .skip(before)
                .filter(RunTest::isSummary)
                .toList();
        assertThat(summaries).hasSize(1);
        return summaries.getFirst();
    }

    @Test
    void g6_isNobodyElsesToRead() {
        String conversation = ann.conversation(ann.agent("talker", Map.of()));
        String run = ann.send(conversation, "A secret");
        ann.await(run, "done");
        EngineUser other = EngineUser.create(server, "bob");
        for (String path : List.of(
                "/api/v1/conversations/" + conversation,
                "/api/v1/conversations/" + conversation + "/messages",
                "/api/v1/conversations/" + conversation + "/runs",
                "/api/v1/conversations/" + conversation + "/export",
                "/api/v1/runs/" + run,
                "/api/v1/runs/" + run + "/events")) {
            assertThat(other.api().get(path).status()).as(path).isEqualTo(404);
            assertThat(server.admin().get(path).status()).as("admin " + path).isEqualTo(404);
        }
        assertThat(other.api()
                        .get("/api/v1/conversations?q=secret")
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(ann.api()
                        .get("/api/v1/conversations?q=SECRET")
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void endsWithTheGatewaysReasonWhenAModelIsRefused() {
        String agent = ann.agent("no-such-model", Map.of());
        String run = ann.send(ann.conversation(agent), "Hello");
        ApiAnswer failed = ann.await(run, "failed");
        assertThat(failed.text("/run/error/code")).isEqualTo("model_not_found");
        assertThat(server.database().query("""
                        SELECT s.xmin = r.xmin FROM run_steps s JOIN runs r ON r.id = s.run_id WHERE r.id = '%s'
                        """.formatted(run)))
                .as("the step's end and the run's in one transaction: between two, another engine would ask again")
                .containsExactly("t");
        server.database()
                .execute("UPDATE run_steps SET ended_at = ended_at - interval '1 minute' WHERE run_id = '" + run + "'");
        assertThat(ann.run(run).text("/run/usage/complete"))
                .as("no record is waited for for ever")
                .isEqualTo("true");
        assertThat(ann.api()
                        .get("/api/v1/conversations/" + failed.text("/run/conversation_id") + "/runs")
                        .text("/data/0/usage/complete"))
                .isEqualTo("true");
    }
}
