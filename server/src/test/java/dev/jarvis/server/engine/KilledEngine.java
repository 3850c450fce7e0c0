package dev.jarvis.server.engine;

import dev.jarvis.server.chaos.Node;
import dev.jarvis.server.chaos.Results;
import dev.jarvis.server.chaos.Seed;
import dev.jarvis.server.chaos.Supervisor;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import dev.jarvis.testkit.provider.ReceivedRequest;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Step;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs of several steps in servers that are killed again and again; then every one of them is accounted for. */
final class KilledEngine {
    private static final int STEPS = 5;
    private static final String ENGINE_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    /** On a slow machine there are fewer kills than were asked for; the results say how many. */
    private static final Duration LONGEST = Duration.ofMinutes(25);

    private static final Pattern NAME = Pattern.compile("run (\\d+)");

    private final TestDatabase database = RunningPostgres.newDatabase();
    private final Random random = Seed.of("G4");
    private final List<String> runs = new ArrayList<>();
    private final Path directory;

    KilledEngine(Path directory) {
        this.directory = directory;
    }

    /**
     * @param count of servers on one database. Each begins again by itself while others are killed, some of them two at once; where
     *     there is one only, what the next process would wait for, leases and requests under way, is over at once
     */
    void survives(int kills, int count, int runsBetween) {
        try (ScriptedProvider provider = ScriptedProvider.start();
                Supervisor supervisor = new Supervisor(provider, directory);
                Starts starts = new Starts()) {
            List<TestingServer> servers = Stream.generate(
                            () -> supervisor.start(database, Map.of("JARVIS_ENGINE_KEY", ENGINE_KEY)))
                    .limit(count)
                    .toList();
            TestingServer server = servers.getFirst();
            server.createModel("steady");
            servers.forEach(one -> one.awaitCallable("steady"));
            provider.script(KilledEngine::script);
            EngineUser user = lasting(server, EngineUser.create(server, "ann"));
            String agent =
                    user.agent("steady", Map.of("tools", List.of(Map.of("type", "builtin", "name", "calculator"))));
            List<Node> nodes = servers.stream().map(Supervisor::node).toList();
            int killed = 0;
            Instant end = Instant.now().plus(LONGEST);
            while (killed < kills && Instant.now().isBefore(end)) {
                List<Node> doomed = doomed(nodes, starts);
                for (Node node : doomed) {
                    EngineUser there = new EngineUser(user.api().at(node.base()));
                    for (int i = 0; i < runsBetween; i++) {
                        runs.add(there.send(there.conversation(agent), "run " + runs.size()));
                    }
                }
                pause(random.nextInt(1_500));
                doomed.forEach(Node::kill);
                if (count == 1) {
                    letTimePass();
                }
                doomed.forEach(starts::again);
                killed += doomed.size();
            }
            starts.close();
            Await.until(
                    "every run has ended",
                    Duration.ofMinutes(4),
                    () -> database.query("SELECT id FROM runs WHERE status NOT IN ('done', 'failed')")
                            .isEmpty());
            Results.note("G4", killed + " kills of " + count + " servers; " + counts(provider));
            check(provider);
        }
    }

    /** One that is up, and now and then another one with it; waits for one. */
    private List<Node> doomed(List<Node> nodes, Starts starts) {
        List<Node> up = Await.value(
                "a server is up",
                Duration.ofMinutes(2),
                () -> nodes.stream().filter(starts::isOver).toList(),
                found -> !found.isEmpty());
        List<Node> chosen = new ArrayList<>(up);
        Collections.shuffle(chosen, random);
        return chosen.subList(0, chosen.size() > 1 && random.nextInt(4) == 0 ? 2 : 1);
    }

    /** Servers that begin again, each by itself. */
    private static final class Starts implements AutoCloseable {
        private final Map<Node, CompletableFuture<Void>> begun = new HashMap<>();

        void again(Node node) {
            begun.put(node, CompletableFuture.runAsync(node::startAgain, Thread::startVirtualThread));
        }

        /** @throws CompletionException if it did not come up */
        boolean isOver(Node node) {
            CompletableFuture<Void> start = begun.getOrDefault(node, CompletableFuture.completedFuture(null));
            return start.isDone() && start.join() == null;
        }

        /** Waits for all of them: none may outlive the test. */
        @Override
        public void close() {
            CompletableFuture.allOf(begun.values().toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    /** With a caller key: an access token would expire meanwhile. */
    private static EngineUser lasting(TestingServer server, EngineUser user) {
        String key = user.api()
                .post("/api/v1/keys", Map.of("name", "lasting"))
                .expect(201)
                .text("/key");
        return new EngineUser(server.anonymous().as(key));
    }

    /** While nobody lives who could renew them. */
    private void letTimePass() {
        database.execute("UPDATE runs SET lease_until = now() WHERE lease_until > now();"
                + "UPDATE idempotency_keys SET renewed_at = now() - interval '61 seconds' WHERE state = 'running'");
    }

    private String counts(ScriptedProvider provider) {
        return "%d runs, %s done, %s failed because a call may have been paid, %d steps sent, %s picked up after a kill; attempts: %s"
                .formatted(
                        runs.size(),
                        database.query("SELECT count(*) FROM runs WHERE status = 'done'")
                                .getFirst(),
                        database.query("SELECT count(*) FROM runs WHERE end_code = 'idempotency_outcome_unknown'")
                                .getFirst(),
                        provider.received().size(),
                        database.query("SELECT count(DISTINCT run_id) FROM run_events WHERE type = 'step.restarted'")
                                .getFirst(),
                        database.query(
                                "SELECT concat_ws(' ', attempt_number, outcome, error_code, count(*)) FROM llm_usage"
                                        + " GROUP BY attempt_number, outcome, error_code ORDER BY 1"));
    }

    private void check(ScriptedProvider provider) {
        assertThat(database.query("SELECT id FROM runs")).hasSameSizeAs(runs);
        assertThat(
                        database.query(
                                "SELECT DISTINCT end_code FROM runs WHERE status = 'failed' AND end_code <> 'idempotency_outcome_unknown'"))
                .as("the only reason not to go on is that a call may have been paid")
                .isEmpty();
        assertThat(sentTwice(provider))
                .as("no step was sent to the provider twice")
                .isEmpty();
        assertThat(database.query("SELECT text FROM messages WHERE role = 'user'"))
                .as("no message is lost")
                .hasSameSizeAs(runs);
        assertThat(database.query("SELECT r.id FROM runs r WHERE r.status = 'done' AND NOT EXISTS "
                        + "(SELECT 1 FROM messages m WHERE m.id = r.answer_id AND m.text = 'finished')"))
                .isEmpty();
    }

    /** What went out more than once, with what the servers know of it. */
    private List<String> sentTwice(ScriptedProvider provider) {
        Map<String, List<ReceivedRequest>> steps = provider.received().stream()
                .filter(request -> request.path().endsWith("/chat/completions"))
                .collect(Collectors.groupingBy(KilledEngine::step));
        return steps.entrySet().stream()
                .filter(step -> step.getValue().size() > 1)
                .flatMap(step -> step.getValue().stream().map(request -> step.getKey() + ": " + known(request)))
                .toList();
    }

    private String known(ReceivedRequest request) {
        String attempt = request.header("x-request-id").orElse("");
        return request.at() + " " + attempt + " " + database.query("""
                        SELECT concat_ws(' ', u.request_id, 'attempt', u.attempt_number, u.outcome, u.error_code, 'key',
                                         u.caller_key_id, 'node', u.node_id, 'from', u.started_at, u.duration_ms, 'ms; step',
                                         s.run_id, s.number, s.status, s.started_at, s.ended_at, '; idempotency', i.state, i.status,
                                         i.renewed_at)
                          FROM llm_usage u
                          LEFT JOIN run_steps s ON s.request_id = u.request_id
                          LEFT JOIN idempotency_keys i ON i.request_id = u.request_id
                         WHERE u.attempt_id::text = '%s'
                        """.formatted(attempt));
    }

    /** Which run, and which of its steps: by what it has been told so far. */
    private static String step(ReceivedRequest request) {
        Matcher name = NAME.matcher(request.userText());
        assertThat(name.find()).isTrue();
        return name.group(1) + " with " + request.json().path("messages").size();
    }

    private static List<Step> script(ReceivedRequest request) {
        int step = request.json().path("messages").size() / 2;
        return (step < STEPS
                        ? Script.chat()
                                .toolCall("calculator", "{\"expression\":\"1+" + step + "\"}")
                                .each(Duration.ofMillis(15))
                        : Script.chat().words("fin", "ished").each(Duration.ofMillis(40)))
                .steps(request);
    }

    /** When a kill comes is what this is about. */
    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
