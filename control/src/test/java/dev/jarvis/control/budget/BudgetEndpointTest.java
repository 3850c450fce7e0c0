package dev.jarvis.control.budget;

import dev.jarvis.control.RunningRoutes;
import dev.jarvis.control.RunningRoutes.Answer;
import dev.jarvis.control.audit.Audit;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.testkit.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static dev.jarvis.control.RunningRoutes.ADMIN;
import static dev.jarvis.control.RunningRoutes.USER;
import static dev.jarvis.control.RunningRoutes.USER_ID;
import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BudgetEndpointTest {
    private static final Instant NOW = Instant.parse("2026-05-13T16:30:00Z");
    private static final String ORGANISATION =
            "\"scope\": \"organisation\", \"unit\": \"USD\", \"amount\": \"10.00\", \"period\": \"month\"";

    private final TestClock clock = TestClock.at(NOW);
    private final RunningRoutes routes;

    BudgetEndpointTest() throws Exception {
        this.routes = new RunningRoutes(
                (endpoints, jdbi) -> new BudgetEndpoint(new Budgets(jdbi, new Audit(jdbi), clock)).addTo(endpoints));
    }

    @BeforeEach
    void empty() {
        routes.reset();
        clock.set(NOW);
        routes.database().execute("""
                INSERT INTO teams (id, name, is_default) VALUES ('%s', 'default', true);
                INSERT INTO users (id, username, email, password_hash, role)
                VALUES ('%s', 'user', 'u@example.test', '', 'user');
                """.formatted(Identity.DEFAULT_TEAM, USER_ID));
    }

    @AfterAll
    void stop() throws Exception {
        routes.close();
    }

    @Test
    void createsReadsChangesAndDeletes() {
        Answer created =
                create("\"name\": \"all\", \"warn_percent\": 80, \"time_zone\": \"Asia/Shanghai\", " + ORGANISATION);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.response().headers().firstValue("etag")).hasValue("\"1\"");
        JsonNode window = created.body().path("window");
        assertThat(created.body().path("amount").asString()).isEqualTo("10");
        assertThat(window.path("starts_at").asString()).isEqualTo("2026-04-30T16:00:00Z");
        assertThat(window.path("resets_at").asString()).isEqualTo("2026-05-31T16:00:00Z");
        assertThat(window.path("remaining").asString()).isEqualTo("10");
        String id = created.body().path("id").asString();

        Answer changed =
                admin("PUT", "/" + id, "{\"amount\": 12.5, \"warn_percent\": null, \"enforcement\": \"soft\"}");
        assertThat(changed.body().path("amount").asString()).isEqualTo("12.5");
        assertThat(changed.body().path("warn_percent").isNull()).isTrue();
        assertThat(changed.body().path("name").asString()).isEqualTo("all");
        assertThat(routes.send(ADMIN, "PUT", path(id), "{\"amount\": \"1\"}", "if-match", "\"1\"")
                        .code())
                .isEqualTo("version_conflict");
        assertThat(routes.send(ADMIN, "DELETE", path(id), null, "if-match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(admin("DELETE", "/" + id, null).status()).isEqualTo(204);
        assertThat(admin("GET", "/" + id, null).code()).isEqualTo("budget_not_found");
        assertThat(routes.database().query("SELECT action FROM audit_logs ORDER BY id"))
                .containsExactly("budget.create", "budget.update", "budget.delete");
    }

    @Test
    void filtersByScopeSubjectAndStatus() {
        create(ORGANISATION);
        String user = id(create("\"scope\": \"user\", \"subject_id\": \"" + USER_ID
                + "\", \"unit\": \"tokens\", \"amount\": 1000, \"period\": \"day\", \"status\": \"disabled\""));

        assertThat(ids("?scope=user")).containsExactly(user);
        assertThat(ids("?subject_id=" + USER_ID)).containsExactly(user);
        assertThat(ids("?status=disabled")).containsExactly(user);
        assertThat(ids("?page=2&page_size=1")).containsExactly(user);
        assertThat(ids("?scope=model")).isEmpty();
        JsonNode shown = admin("GET", "/" + user, null).body();
        assertThat(shown.path("subject_name").asString()).isEqualTo("user");
        assertThat(shown.path("amount").isIntegralNumber()).isTrue();
    }

    @Test
    void b17_showsWhatIsSpentAndHeldWhenTheLimitFallsBelowIt() {
        String id = id(create(ORGANISATION));
        spend(id, "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z", 6_000_000_000L, 1_000_000_001L);

        assertThat(window(id).path("remaining").asString()).isEqualTo("2.999999999");
        assertThat(window(id).path("reserved").asString()).isEqualTo("1.000000001");
        admin("PUT", "/" + id, "{\"amount\": \"5\"}");
        assertThat(window(id).path("remaining").asString()).isEqualTo("0");
        assertThat(window(id).path("spent").asString()).isEqualTo("6");
        admin("PUT", "/" + id, "{\"amount\": \"20\"}");
        assertThat(window(id).path("remaining").asString()).isEqualTo("12.999999999");
    }

    @Test
    void b17_aTopUpIsForTheCurrentWindowOnlyAndLeavesWhatIsSpent() {
        String id = id(create(ORGANISATION));

        Answer first = topUp(id, "\"5.00\"");
        spend(id, "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z", 6_000_000_000L, 0);
        Answer second = topUp(id, "0.5");

        assertThat(first.body().at("/window/limit").asString()).isEqualTo("15");
        assertThat(second.body().at("/window/limit").asString()).isEqualTo("15.5");
        assertThat(second.body().at("/window/extra").asString()).isEqualTo("5.5");
        assertThat(second.body().at("/window/remaining").asString()).isEqualTo("9.5");
        clock.set(Instant.parse("2026-06-01T00:00:00Z"));
        assertThat(window(id).path("limit").asString()).isEqualTo("10");
        assertThat(window(id).path("spent").asString()).isEqualTo("0");
    }

    @Test
    void aTopUpAndAChangeAreAnnouncedOnce() {
        String id = id(create(ORGANISATION));
        String notices = "SELECT version FROM change_notices WHERE topic = 'budgets'";
        long before = Long.parseLong(routes.database().query(notices).getFirst());

        topUp(id, "5");
        assertThat(routes.database().query(notices)).containsExactly(Long.toString(before + 1));
        admin("PUT", "/" + id, "{\"amount\": \"20\"}");
        assertThat(routes.database().query(notices)).containsExactly(Long.toString(before + 2));
    }

    @Test
    void b17_aTopUpThatIsSentAgainWithTheSameVersionAddsNothing() {
        String id = id(create(ORGANISATION));
        String path = path(id) + "/top-up";

        assertThat(routes.send(ADMIN, "POST", path, "{\"amount\": \"1\"}", "if-match", "\"1\"")
                        .status())
                .isEqualTo(200);
        assertThat(routes.send(ADMIN, "POST", path, "{\"amount\": \"1\"}", "if-match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(window(id).path("limit").asString()).isEqualTo("11");
    }

    @Test
    void aTotalHasOneWindowAndTakesTopUps() {
        String id =
                id(create("\"scope\": \"organisation\", \"unit\": \"tokens\", \"amount\": 100, \"period\": \"total\""));

        topUp(id, "20");
        clock.advance(Duration.ofDays(4000));

        assertThat(window(id).path("limit").asLong()).isEqualTo(120);
        assertThat(window(id).path("starts_at").isNull()).isTrue();
        assertThat(window(id).path("resets_at").isNull()).isTrue();
        assertThat(routes.database().query("SELECT starts_at || ' ' || ends_at FROM budget_windows"))
                .containsExactly("-infinity infinity");
    }

    @Test
    void changesAndTopUpsAreAnnounced() {
        String id = id(create(ORGANISATION));
        long before = announced();

        topUp(id, "1");
        assertThat(announced()).isGreaterThan(before);
        before = announced();
        admin("PUT", "/" + id, "{\"amount\": \"5\"}");
        assertThat(announced()).isGreaterThan(before);
    }

    @Test
    void usersSeeWhatBindsThemAndNothingElse() {
        UUID other = UUID.randomUUID();
        routes.database().execute("""
                INSERT INTO teams (id, name) VALUES ('%1$s', 'other');
                INSERT INTO caller_keys (id, user_id, name, key_hash, display_hint)
                VALUES ('%1$s', '%2$s', 'own key', 'x', 'hint');
                """.formatted(other, USER_ID));
        String tokens = ", \"unit\": \"tokens\", \"amount\": 1, \"period\": \"day\"";
        create("\"name\": \"key\", \"scope\": \"caller_key\", \"subject_id\": \"" + other + "\"" + tokens);
        create("\"name\": \"user\", \"scope\": \"user\", \"subject_id\": \"" + USER_ID + "\"" + tokens);
        create("\"name\": \"team\", \"scope\": \"team\", \"subject_id\": \"" + Identity.DEFAULT_TEAM + "\"" + tokens);
        create("\"name\": \"other team\", \"scope\": \"team\", \"subject_id\": \"" + other + "\"" + tokens);
        create("\"name\": \"off\", \"status\": \"disabled\", " + ORGANISATION);
        create("\"name\": \"all\", " + ORGANISATION);

        assertThat(names(routes.get(USER, "/api/v1/llm/budgets"))).containsExactly("all", "team", "user", "key");
        assertThat(names(routes.get(RunningRoutes.OTHER_USER, "/api/v1/llm/budgets")))
                .containsExactly("all", "team");
        assertThat(routes.get(USER, "/api/v1/budgets").code()).isEqualTo("admin_required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                          | missing_parameter",
                "{%s, \"subject_id\": \"019a0000-0000-7000-8000-000000000002\"}              | invalid_value",
                "{%s, \"time_zone\": \"+08:00\"}                                             | invalid_value",
                "{%s, \"time_zone\": \"Mars/Olympus\"}                                       | invalid_value",
                "{%s, \"warn_percent\": 101}                                                 | out_of_range",
                "{%s, \"warn_percent\": 0}                                                   | out_of_range",
                "{%s, \"spent\": 0}                                                          | unknown_parameter",
                "{%s, \"enforcement\": \"gentle\"}                                           | invalid_value",
                "{\"scope\": \"user\", \"unit\": \"USD\", \"amount\": 1, \"period\": \"day\"} | missing_parameter",
                "{\"scope\": \"user\", \"subject_id\": \"019a0000-0000-7000-8000-000000000009\", \"unit\": \"USD\", \"amount\": 1, \"period\": \"day\"} | unknown_subject",
                "{\"scope\": \"organisation\", \"unit\": \"EUR\", \"amount\": 1, \"period\": \"day\"} | invalid_value",
                "{\"scope\": \"organisation\", \"unit\": \"USD\", \"amount\": -1, \"period\": \"day\"} | invalid_amount",
                "{\"scope\": \"organisation\", \"unit\": \"USD\", \"amount\": null, \"period\": \"day\"} | invalid_amount",
                "{\"scope\": \"organisation\", \"unit\": \"USD\", \"amount\": \"0.0000000001\", \"period\": \"day\"} | invalid_amount",
                "{\"scope\": \"organisation\", \"unit\": \"USD\", \"amount\": \"1000000001\", \"period\": \"day\"} | invalid_amount",
                "{\"scope\": \"organisation\", \"unit\": \"USD\", \"amount\": 1e999999999, \"period\": \"day\"} | invalid_amount",
                "{\"scope\": \"organisation\", \"unit\": \"USD\", \"amount\": \"1e3\", \"period\": \"day\"} | invalid_type",
                "{\"scope\": \"organisation\", \"unit\": \"tokens\", \"amount\": \"0.5\", \"period\": \"day\"} | invalid_amount",
                "{\"scope\": \"organisation\", \"unit\": \"USD\", \"amount\": 1, \"period\": \"year\"} | invalid_value",
            })
    void refusesWhatIsNoBudget(String body, String code) {
        assertThat(admin("POST", "", body.replace("%s", ORGANISATION)).code()).isEqualTo(code);
        assertThat(routes.database().query("SELECT count(*) FROM budgets")).containsExactly("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"unit\": \"CNY\"}                | immutable_field",
                "{\"period\": \"day\"}              | immutable_field",
                "{\"time_zone\": \"Asia/Tokyo\"}    | immutable_field",
                "{\"scope\": \"team\"}              | immutable_field",
                "{\"subject_id\": \"019a0000-0000-7000-8000-000000000002\"} | immutable_field",
                "{\"version\": 7}                   | unknown_parameter",
            })
    void whatABudgetIsForStays(String body, String code) {
        String id = id(create(ORGANISATION));

        assertThat(admin("PUT", "/" + id, body).code()).isEqualTo(code);
        assertThat(admin("PUT", "/" + id, "{" + ORGANISATION + ", \"time_zone\": \"UTC\", \"subject_id\": null}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesTopUpsOfNothingAndBeyondWhatCanBeCounted() {
        String id = id(create(ORGANISATION));

        assertThat(topUp(id, "0").code()).isEqualTo("invalid_amount");
        assertThat(topUp(id, "-1").code()).isEqualTo("invalid_amount");
        for (int time = 0; time < 3; time++) {
            assertThat(topUp(id, "1000000000").status()).isEqualTo(200);
        }
        assertThat(topUp(id, "1000000000").code()).isEqualTo("invalid_amount");
        assertThat(window(id).path("limit").asString()).isEqualTo("3000000010");
    }

    private Answer create(String fields) {
        return admin("POST", "", "{" + fields + "}");
    }

    private Answer topUp(String id, String amount) {
        return admin("POST", "/" + id + "/top-up", "{\"amount\": " + amount + "}");
    }

    private void spend(String id, String startsAt, String endsAt, long spent, long leased) {
        routes.database().execute("""
                INSERT INTO budget_windows (budget_id, starts_at, ends_at, spent, leased) VALUES ('%s', '%s', '%s', %d, %d)
                ON CONFLICT (budget_id, starts_at) DO UPDATE SET spent = excluded.spent, leased = excluded.leased
                """.formatted(id, startsAt, endsAt, spent, leased));
    }

    private JsonNode window(String id) {
        return admin("GET", "/" + id, null).body().path("window");
    }

    private long announced() {
        return Long.parseLong(routes.database()
                .query("SELECT version FROM change_notices WHERE topic = 'budgets'")
                .getFirst());
    }

    private Answer admin(String method, String path, @Nullable String body) {
        return routes.send(ADMIN, method, "/api/v1/budgets" + path, body);
    }

    private static String path(String id) {
        return "/api/v1/budgets/" + id;
    }

    private static String id(Answer created) {
        return created.body().path("id").asString();
    }

    private List<String> ids(String query) {
        return admin("GET", query, null)
                .body()
                .path("data")
                .valueStream()
                .map(budget -> budget.path("id").asString())
                .toList();
    }

    private static List<String> names(Answer answer) {
        return answer.body()
                .path("data")
                .valueStream()
                .map(budget -> budget.path("name").asString())
                .toList();
    }
}
