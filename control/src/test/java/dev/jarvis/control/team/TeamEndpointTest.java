package dev.jarvis.control.team;

import dev.jarvis.control.running.Answer;
import dev.jarvis.control.running.ControlServer;
import dev.jarvis.platform.identity.Identity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TeamEndpointTest {
    private static final String DEFAULT = Identity.DEFAULT_TEAM.toString();

    private final ControlServer server = ControlServer.start();
    private String administrator;

    @BeforeEach
    void createAdministrator() {
        server.reset();
        administrator = server.administrator();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void createsReadsChangesAndDeletes() {
        String id = team("search");
        team("Research");
        team("sales");

        assertThat(names("?q=SEARCH")).containsExactly("Research", "search");
        assertThat(names("?page=2&page_size=3")).containsExactly("search");
        Answer changed = admin("PUT", "/" + id, "{\"description\": \"finds things\"}");
        assertThat(changed.field("name")).isEqualTo("search");
        assertThat(changed.field("description")).isEqualTo("finds things");
        assertThat(admin("PUT", "/" + id, "{\"name\": \"SALES\"}").code()).isEqualTo("team_exists");
        assertThat(admin("POST", "", "{\"name\": \"sales\"}").code()).isEqualTo("team_exists");
        assertThat(admin("DELETE", "/" + id, null).status()).isEqualTo(204);
        assertThat(admin("GET", "/" + id, null).code()).isEqualTo("team_not_found");
        assertThat(server.database().query("SELECT action FROM audit_logs ORDER BY id"))
                .containsExactly("team.create", "team.create", "team.create", "team.update", "team.delete");
    }

    @Test
    void listsTheTeamsOfAUser() {
        String research = team("Research");
        team("sales");
        String user = newUser("newcomer", "").field("id");
        admin("PUT", "/" + research + "/members/" + user, "{}");

        assertThat(names("?user_id=" + user)).containsExactly("default", "Research");
        assertThat(names("?q=res&user_id=" + user)).containsExactly("Research");
        assertThat(admin("GET", "?user_id=me", null).json().at("/error/param").asString())
                .isEqualTo("user_id");
    }

    @Test
    void everybodyIsInTheDefaultTeamAndItStays() {
        String user = newUser("newcomer", "").field("id");

        assertThat(server.get("/api/v1/users/" + user, administrator).field("team_id"))
                .isEqualTo(DEFAULT);
        assertThat(members(DEFAULT)).containsExactly("newcomer");
        assertThat(admin("DELETE", "/" + DEFAULT, null).code()).isEqualTo("default_team");
        assertThat(admin("DELETE", "/" + DEFAULT + "/members/" + user, null).code())
                .isEqualTo("default_team");
        assertThat(me(server.token(user)).json().at("/team/id").asString()).isEqualTo(DEFAULT);
    }

    @Test
    void aTeamWithMembersIsNotDeleted() {
        String id = team("busy");
        String user = newUser("worker", "").field("id");
        Answer member = put(id, user, "{\"role\": \"lead\"}");
        assertThat(member.field("role")).isEqualTo("lead");
        assertThat(put(id, user, null).field("role")).isEqualTo("member");

        assertThat(admin("DELETE", "/" + id, null).code()).isEqualTo("team_not_empty");

        assertThat(members(id)).containsExactly("worker");
        assertThat(admin("DELETE", "/" + id + "/members/" + user, null).status())
                .isEqualTo(204);
        assertThat(admin("DELETE", "/" + id + "/members/" + user, null).code()).isEqualTo("member_not_found");
        assertThat(admin("DELETE", "/" + id, null).status()).isEqualTo(204);
    }

    @Test
    void deletingATeamTakesItsBudgetsWithIt() {
        String id = team("spender");
        server.database().execute("""
                INSERT INTO budgets (id, scope, subject_id, unit, amount, period)
                VALUES (gen_random_uuid(), 'team', '%s', 'USD', 1, 'day')
                """.formatted(id));

        admin("DELETE", "/" + id, null);

        assertThat(server.count("SELECT count(*) FROM budgets")).isZero();
    }

    @Test
    void onlyAUsersOwnTeamsPayForTheUserAndTheirKeys() {
        String one = team("one");
        String two = team("two");
        String user = newUser("payer", ", \"team_id\": \"" + one + "\"").field("id");
        String token = server.token(user);
        assertThat(me(token).json().at("/team/name").asString()).isEqualTo("one");
        assertThat(me(token)
                        .json()
                        .at("/teams")
                        .valueStream()
                        .map(team -> team.path("name").asString()))
                .containsExactly("default", "one");

        assertThat(change(user, "{\"team_id\": \"" + two + "\"}").code()).isEqualTo("not_a_member");
        assertThat(newKey(token, two).code()).isEqualTo("not_a_member");
        put(two, user, null);
        assertThat(change(user, "{\"team_id\": \"" + two + "\"}").field("team_id"))
                .isEqualTo(two);
        Answer key = newKey(token, one);

        assertThat(key.field("team_id")).isEqualTo(one);
        assertThat(me(key.field("key")).json().at("/team/name").asString()).isEqualTo("one");
        assertThat(me(token).json().at("/team/name").asString()).isEqualTo("two");
        assertThat(admin("GET", "/" + two, null).json().at("/members/0/pays").asBoolean())
                .isTrue();
        server.call("PUT", "/api/v1/keys/" + key.field("id"), token, "{\"team_id\": null}");
        assertThat(me(key.field("key")).json().at("/team/name").asString()).isEqualTo("two");
    }

    @Test
    void leavingATeamThatPaysFallsBackToTheDefaultTeam() {
        String id = team("left");
        String user = newUser("leaver", ", \"team_id\": \"" + id + "\"").field("id");
        String token = server.token(user);
        String key = newKey(token, id).field("key");

        admin("DELETE", "/" + id + "/members/" + user, null);

        assertThat(server.get("/api/v1/users/" + user, administrator).field("team_id"))
                .isEqualTo(DEFAULT);
        assertThat(me(key).json().at("/team/id").asString()).isEqualTo(DEFAULT);
        assertThat(server.database().query("SELECT count(*) || ' ' || count(team_id) FROM caller_keys"))
                .containsExactly("1 0");
    }

    @Test
    void aDeletedUserLeavesNoMembership() {
        String id = team("survivor");
        String user = newUser("gone", ", \"team_id\": \"" + id + "\"").field("id");

        assertThat(server.call("DELETE", "/api/v1/users/" + user, administrator, null)
                        .status())
                .isEqualTo(204);

        assertThat(members(id)).isEmpty();
        assertThat(admin("DELETE", "/" + id, null).status()).isEqualTo(204);
    }

    @Test
    void leadsReadTheirTeamAndMembersDoNot() {
        String id = team("led");
        String lead = newUser("lead", "").field("id");
        String member = newUser("member", "").field("id");
        put(id, lead, "{\"role\": \"lead\"}");
        put(id, member, "{\"role\": \"member\"}");

        assertThat(server.get("/api/v1/teams/" + id, server.token(lead)).field("name"))
                .isEqualTo("led");
        assertThat(server.get("/api/v1/teams/" + id, server.token(member)).code())
                .isEqualTo("team_not_found");
        assertThat(server.get("/api/v1/teams/" + DEFAULT, server.token(lead)).code())
                .isEqualTo("team_not_found");
        assertThat(server.get("/api/v1/teams", server.token(lead)).code()).isEqualTo("admin_required");
        assertThat(server.call("PUT", "/api/v1/teams/" + id, server.token(lead), "{\"name\": \"mine\"}")
                        .code())
                .isEqualTo("admin_required");
    }

    @Test
    void s9_aKeyDoesNotLeadOutOfItsTeamOrItsBudgetByWayOfAnother() {
        String id = team("bound");
        String user = newUser("owner", "").field("id");
        put(id, user, null);
        String token = server.token(user);
        Answer bound = newKey(token, id);
        String key = bound.field("key");

        assertThat(newKey(key, DEFAULT).code()).isEqualTo("exceeds_own_rights");
        assertThat(server.call("POST", "/api/v1/keys", key, "{\"name\": \"k\"}").code())
                .isEqualTo("exceeds_own_rights");
        assertThat(server.call("PUT", "/api/v1/keys/" + bound.field("id"), key, "{\"team_id\": null}")
                        .code())
                .isEqualTo("exceeds_own_rights");
        assertThat(newKey(key, id).status()).isEqualTo(201);
        server.database().execute("""
                INSERT INTO budgets (id, scope, subject_id, unit, amount, period)
                VALUES (gen_random_uuid(), 'caller_key', '%s', 'USD', 1, 'day')
                """.formatted(bound.field("id")));
        assertThat(newKey(key, id).code()).isEqualTo("exceeds_own_rights");
        assertThat(server.count("SELECT count(*) FROM caller_keys")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                     | missing_parameter",
                "{\"name\": \"\"}                       | invalid_length",
                "{\"name\": 1}                          | invalid_type",
                "{\"name\": \"a\", \"is_default\": true} | unknown_parameter",
                "{\"name\": \"a\u202Eb\"}               | invalid_characters",
            })
    void refusesWhatIsNoTeam(String body, String code) {
        assertThat(admin("POST", "", body).code()).isEqualTo(code);
        assertThat(server.count("SELECT count(*) FROM teams")).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoMembership() {
        String id = team("strict");
        String user = newUser("somebody", "").field("id");

        assertThat(put(id, user, "{\"role\": \"boss\"}").code()).isEqualTo("invalid_value");
        assertThat(put(id, DEFAULT, null).code()).isEqualTo("user_not_found");
        assertThat(put(user, user, null).code()).isEqualTo("team_not_found");
        assertThat(put(id, "me", null).code()).isEqualTo("user_not_found");
        assertThat(newUser("lost", ", \"team_id\": \"" + user + "\"").code()).isEqualTo("not_a_member");
        assertThat(server.count("SELECT count(*) FROM users WHERE username = 'lost'"))
                .isZero();
    }

    private String team(String name) {
        return admin("POST", "", "{\"name\": \"" + name + "\"}").field("id");
    }

    private Answer admin(String method, String path, @Nullable String body) {
        return server.call(method, "/api/v1/teams" + path, administrator, body);
    }

    private Answer put(String team, String user, @Nullable String body) {
        return admin("PUT", "/" + team + "/members/" + user, body);
    }

    private Answer newUser(String name, String more) {
        return server.call("POST", "/api/v1/users", administrator, """
                {"username": "%s", "email": "%s@example.test", "password": "long enough for us"%s}
                """.formatted(name, name, more));
    }

    private Answer change(String user, String body) {
        return server.call("PUT", "/api/v1/users/" + user, administrator, body);
    }

    private Answer newKey(String credential, String team) {
        return server.call("POST", "/api/v1/keys", credential, "{\"name\": \"k\", \"team_id\": \"" + team + "\"}");
    }

    private Answer me(String credential) {
        return server.get("/api/v1/auth/me", credential);
    }

    private List<String> names(String query) {
        return admin("GET", query, null)
                .json()
                .path("data")
                .valueStream()
                .map(team -> team.path("name").asString())
                .toList();
    }

    private List<String> members(String team) {
        return admin("GET", "/" + team, null)
                .json()
                .path("members")
                .valueStream()
                .map(member -> member.path("username").asString())
                .toList();
    }
}
