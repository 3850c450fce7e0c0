package dev.jarvis.server;

import dev.jarvis.platform.identity.Identity;
import dev.jarvis.server.testing.Api;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Which team a call counts for, from the change at the control plane to the record in the database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TeamAccountingTest {
    private static final String PASSWORD = "a long enough password";

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final TestingServer server =
            TestingServer.builder().withProvider(provider).start();

    @AfterAll
    void stop() {
        server.close();
        provider.close();
    }

    @Test
    void aMovedUsersAndAMovedKeysNextCallCountsForTheNewTeam() {
        server.createModel("team-model");
        String one = team("one");
        String two = team("two");
        String user = server.admin()
                .post(
                        "/api/v1/users",
                        Map.of("username", "mover", "email", "mover@example.com", "password", PASSWORD, "team_id", one))
                .expect(201)
                .text("/id");
        server.admin()
                .put("/api/v1/teams/" + two + "/members/" + user, Map.of())
                .expect(200);
        Api login = server.anonymous().as(server.login("mover", PASSWORD));
        var key = login.post("/api/v1/keys", Map.of("name", "k")).expect(201);
        Api keyed = server.anonymous().as(key.text("/key"));

        assertThat(teamOf(chat(keyed))).isEqualTo(one);
        server.admin().put("/api/v1/users/" + user, Map.of("team_id", two)).expect(200);
        Await.until(
                "the key's calls count for the new team",
                () -> teamOf(chat(keyed)).equals(two));
        login.put("/api/v1/keys/" + key.text("/id"), Map.of("team_id", one)).expect(200);
        Await.until("the key has a team of its own", () -> teamOf(chat(keyed)).equals(one));
        assertThat(teamOf(chat(login))).isEqualTo(two);
        server.admin().delete("/api/v1/teams/" + one + "/members/" + user).expect(204);
        Await.until(
                "the key's calls count for its user's team",
                () -> teamOf(chat(keyed)).equals(two));
        server.admin().delete("/api/v1/teams/" + two + "/members/" + user).expect(204);
        Await.until(
                "the calls count for the default team",
                () -> teamOf(chat(keyed)).equals(Identity.DEFAULT_TEAM.toString()));

        assertThat(server.database().query("""
                        SELECT count(*) FROM (
                            SELECT team_id, count(*) AS n FROM llm_usage GROUP BY team_id
                            EXCEPT SELECT team_id, sum(attempts) FROM llm_usage_hourly GROUP BY team_id) AS differing
                        """)).containsExactly("0");
    }

    private String team(String name) {
        return server.admin()
                .post("/api/v1/teams", Map.of("name", name))
                .expect(201)
                .text("/id");
    }

    private static String chat(Api caller) {
        return caller.post(
                        "/v1/chat/completions",
                        Map.of("model", "team-model", "messages", List.of(Map.of("role", "user", "content", "Hello"))))
                .expect(200)
                .header("x-request-id")
                .orElseThrow();
    }

    private String teamOf(String requestId) {
        server.awaitUsageOf(requestId);
        return server.database()
                .query("SELECT team_id FROM llm_usage WHERE request_id = '" + requestId + "'")
                .getFirst();
    }
}
