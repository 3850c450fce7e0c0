package dev.jarvis.server.engine;

import dev.jarvis.server.chaos.Results;
import dev.jarvis.server.chaos.Seed;
import dev.jarvis.server.testing.RunningServer;
import dev.jarvis.server.testing.ServerProcess;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import dev.jarvis.testkit.provider.ReceivedRequest;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Step;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs of several steps in a server that is killed again and again; then every one of them is accounted for. */
final class KilledEngine {
    private static final int STEPS = 5;

    /** On a slow machine there are fewer kills than were asked for; the results say how many. */
    private static final Duration LONGEST = Duration.ofMinutes(25);

    private static final Pattern NAME = Pattern.compile("run (\\d+)");

    private final TestDatabase database = RunningPostgres.newDatabase();
    private final Random random = Seed.of("G4");
    private final AtomicReference<ServerProcess> process = new AtomicReference<>();
    private final Map<String, String> settings = new HashMap<>();
    private final Path directory;

    KilledEngine(Path directory) {
        this.directory = directory;
    }

    /** @param hurried whether what others wait for after a kill, leases and requests under way, is over at once */
    void survives(int kills, int runsBetween, boolean hurried) {
        try (ScriptedProvider provider = ScriptedProvider.start();
                TestingServer server = start(provider)) {
            server.createModel("steady");
            provider.script(KilledEngine::script);
            EngineUser user = lasting(server, EngineUser.create(server, "ann"));
            String agent =
                    user.agent("steady", Map.of("tools", List.of(Map.of("type", "builtin", "name", "calculator"))));
            List<String> runs = new ArrayList<>();
            int killed = 0;
            Instant end = Instant.now().plus(LONGEST);
            for (; killed < kills && Instant.now().isBefore(end); killed++) {
                for (int i = 0; i < runsBetween; i++) {
                    runs.add(user.send(user.conversation(agent), "run " + runs.size()));
                }
                pause(random.nextInt(1_500));
                process.get().kill();
                if (hurried) {
                    letTimePass();
                }
                process.set(ServerProcess.start(settings, directory));
            }
            Await.until(
                    "every run has ended",
                    Duration.ofMinutes(4),
                    () -> database.query("SELECT id FROM runs WHERE status NOT IN ('done', 'failed')")
                            .isEmpty());
            Results.note("G4", killed + " kills; " + counts(provider, runs));
            check(provider, runs);
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

    private String counts(ScriptedProvider provider, List<String> runs) {
        return "%d runs, %s done, %s failed because a call may have been paid, %d steps sent, %s picked up after a kill"
                .formatted(
                        runs.size(),
                        database.query("SELECT count(*) FROM runs WHERE status = 'done'")
                                .getFirst(),
                        database.query("SELECT count(*) FROM runs WHERE end_code = 'idempotency_outcome_unknown'")
                                .getFirst(),
                        provider.received().size(),
                        database.query("SELECT count(DISTINCT run_id) FROM run_events WHERE type = 'step.restarted'")
                                .getFirst());
    }

    private void check(ScriptedProvider provider, List<String> runs) {
        assertThat(database.query("SELECT id FROM runs")).hasSameSizeAs(runs);
        assertThat(
                        database.query(
                                "SELECT DISTINCT end_code FROM runs WHERE status = 'failed' AND end_code <> 'idempotency_outcome_unknown'"))
                .as("the only reason not to go on is that a call may have been paid")
                .isEmpty();
        assertThat(provider.received().stream()
                        .filter(request -> request.path().endsWith("/chat/completions"))
                        .map(KilledEngine::step)
                        .toList())
                .as("no step was sent to the provider twice")
                .doesNotHaveDuplicates();
        assertThat(database.query("SELECT text FROM messages WHERE role = 'user'"))
                .as("no message is lost")
                .hasSameSizeAs(runs);
        assertThat(database.query("SELECT r.id FROM runs r WHERE r.status = 'done' AND NOT EXISTS "
                        + "(SELECT 1 FROM messages m WHERE m.id = r.answer_id AND m.text = 'finished')"))
                .isEmpty();
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

    private TestingServer start(ScriptedProvider provider) {
        return TestingServer.builder()
                .withProvider(provider)
                .withDatabase(database)
                .withDirectory(directory)
                .startedBy((environment, home) -> {
                    settings.putAll(environment);
                    ServerProcess first = ServerProcess.start(settings, home);
                    settings.put("JARVIS_LISTEN", first.base().getAuthority());
                    process.set(first);
                    return new Restarted(process);
                })
                .start();
    }

    /** Whichever process it is by now. */
    private record Restarted(AtomicReference<ServerProcess> process) implements RunningServer {
        @Override
        public URI base() {
            return process.get().base();
        }

        @Override
        public void close() {
            process.get().close();
        }
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
