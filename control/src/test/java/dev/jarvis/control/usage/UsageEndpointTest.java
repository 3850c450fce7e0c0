package dev.jarvis.control.usage;

import dev.jarvis.control.RunningRoutes;
import dev.jarvis.control.RunningRoutes.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Who sees which usage, at which cost, and which questions are refused. */
class UsageEndpointTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T18:30:00Z"), ZoneOffset.UTC);
    private static final String OWN = "/api/v1/llm/usage";
    private static final String ALL = "/api/v1/usage";

    private static RunningRoutes routes;

    @BeforeAll
    static void start() throws Exception {
        routes = new RunningRoutes((endpoints, jdbi) -> {
            new UsageEndpoint(jdbi, CLOCK).addTo(endpoints);
            new UsageLossEndpoint(jdbi).addTo(endpoints);
        });
    }

    @AfterAll
    static void stop() throws Exception {
        routes.close();
    }

    @BeforeEach
    void reset() {
        routes.reset();
    }

    @Test
    void whatRestoresHaveLostIsListedForAdministrators() {
        routes.database().execute("""
                INSERT INTO gateway_nodes (id, name) VALUES ('019a0000-0000-7000-8000-0000000000a1', 'north');
                INSERT INTO usage_losses (node_id, settled_before, lost, found_at) VALUES
                    ('019a0000-0000-7000-8000-0000000000a1', 100, 7, '2026-11-20T10:00:00Z'),
                    ('019a0000-0000-7000-8000-0000000000a2', 5, 9, '2026-11-21T10:00:00Z');
                """);

        JsonNode losses =
                routes.get(RunningRoutes.ADMIN, ALL + "/losses").body().path("data");

        assertThat(losses.valueStream()
                        .map(loss -> loss.path("node_name").asString("forgotten") + " "
                                + loss.path("lost").asString() + " "
                                + loss.path("found_at").asString()))
                .containsExactly("forgotten 9 2026-11-21T10:00:00Z", "north 7 2026-11-20T10:00:00Z");
        assertThat(routes.get(RunningRoutes.USER, ALL + "/losses").status()).isEqualTo(403);
    }

    @Test
    void theExampleOfTheDescriptionAnswersWithOnesOwnUsage() {
        ship(
                Attempt.of("2026-11-22T10:00:00Z", RunningRoutes.USER_ID, 1_230_000),
                Attempt.of("2026-11-23T10:00:00Z", RunningRoutes.USER_ID, 1),
                Attempt.of("2026-11-23T10:00:00Z", RunningRoutes.OTHER_USER_ID, 7));

        JsonNode report = routes.get(RunningRoutes.USER, OWN).body();

        assertThat(report.path("from").asString()).isEqualTo("2026-10-25T00:00:00Z");
        assertThat(report.path("to").asString()).isEqualTo("2026-11-24T00:00:00Z");
        assertThat(report.path("time_zone").asString()).isEqualTo("UTC");
        assertThat(report.path("data").size()).isEqualTo(2);
        JsonNode first = report.path("data").path(0);
        assertThat(first.path("day").asString()).isEqualTo("2026-11-22");
        assertThat(first.path("cost").asString()).isEqualTo("0.00123");
        assertThat(first.path("currency").asString()).isEqualTo("USD");
        assertThat(first.path("input_tokens").intValue()).isEqualTo(10);
        assertThat(first.path("output_tokens").intValue()).isEqualTo(5);
        assertThat(first.path("total_tokens").intValue()).isEqualTo(15);
        assertThat(first.has("user_cost")).isFalse();
        assertThat(report.path("data").path(1).path("cost").asString()).isEqualTo("0.000000001");
        assertThat(report.path("totals").path(0).path("cost").asString()).isEqualTo("0.001230001");
        assertThat(report.path("totals").path(0).path("requests").intValue()).isEqualTo(2);
    }

    @Test
    void usersSeeWhatTheyPayAndAdministratorsAlsoWhatItCosts() {
        Attempt unpaid = Attempt.of("2026-11-23T10:00:00Z", RunningRoutes.USER_ID, 2_000_000_000);
        ship(new Attempt(
                unpaid.at(),
                unpaid.userId(),
                unpaid.callerKeyId(),
                unpaid.model(),
                unpaid.provider(),
                unpaid.providerKeyId(),
                "CNY",
                true,
                "failed",
                "exact",
                1,
                0,
                1,
                2_000_000_000,
                500_000_000));

        JsonNode own = routes.get(RunningRoutes.USER, OWN).body().path("data").path(0);
        JsonNode all = routes.get(RunningRoutes.ADMIN, ALL).body().path("data").path(0);

        assertThat(own.path("cost").asString()).isEqualTo("0.5");
        assertThat(all.path("cost").asString()).isEqualTo("2");
        assertThat(all.path("user_cost").asString()).isEqualTo("0.5");
        assertThat(all.path("currency").asString()).isEqualTo("CNY");
    }

    @Test
    void s8_othersUsageIsForAdministrators() {
        ship(Attempt.of("2026-11-23T10:00:00Z", RunningRoutes.OTHER_USER_ID, 7));

        assertThat(routes.get(RunningRoutes.USER, ALL).status()).isEqualTo(403);
        assertThat(routes.refusedRights).hasSize(1);
        assertThat(routes.get("no.body", ALL).status()).isEqualTo(401);
        assertThat(routes.get("no.body", OWN).status()).isEqualTo(401);
        assertThat(routes.get(RunningRoutes.USER, OWN + "?user_id=" + RunningRoutes.OTHER_USER_ID)
                        .code())
                .isEqualTo("unknown_parameter");
        assertThat(routes.get(RunningRoutes.USER, OWN + "?group_by=user").code())
                .isEqualTo("invalid_parameter");
        assertThat(routes.get(RunningRoutes.USER, OWN).body().path("data").isEmpty())
                .isTrue();
        assertThat(routes.get(RunningRoutes.OTHER_USER, OWN).body().path("data").size())
                .isEqualTo(1);
    }

    @Test
    void s8_aKeyOfAnotherUserShowsNothing() {
        ship(keyed(RunningRoutes.OTHER_USER_ID), keyed(RunningRoutes.USER_ID));
        String filter = "?caller_key_id=" + Attempt.KEYS.getFirst();

        JsonNode totals = routes.get(RunningRoutes.USER, OWN + filter).body().path("totals");

        assertThat(totals.path(0).path("requests").intValue()).isEqualTo(1);
        assertThat(routes.get(RunningRoutes.ADMIN, OWN + filter)
                        .body()
                        .path("totals")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void namesUsersAndKeys() {
        routes.database()
                .execute(
                        "INSERT INTO users (id, username, email, password_hash, role) VALUES ('" + RunningRoutes.USER_ID
                                + "', 'reader', 'reader@example.test', '-', 'user');"
                                + "INSERT INTO caller_keys (id, user_id, name, key_hash, display_hint) VALUES ('"
                                + Attempt.KEYS.getFirst() + "', '" + RunningRoutes.USER_ID
                                + "', 'laptop', 'x', 'sk-jv-…abcd')");
        ship(keyed(RunningRoutes.USER_ID));

        JsonNode line = routes.get(RunningRoutes.ADMIN, ALL + "?group_by=user,key,provider_key")
                .body()
                .path("data")
                .path(0);

        assertThat(line.path("username").asString()).isEqualTo("reader");
        assertThat(line.path("caller_key_name").asString()).isEqualTo("laptop");
        assertThat(line.path("provider_key_id").isNull()).isTrue();
        assertThat(line.has("day")).isFalse();
    }

    @Test
    void usersSeeWhichOfTheirKeysUsedIt() {
        ship(
                keyed(RunningRoutes.USER_ID),
                keyed(RunningRoutes.OTHER_USER_ID),
                Attempt.of("2026-11-23T10:00:00Z", RunningRoutes.USER_ID, 1));

        JsonNode data =
                routes.get(RunningRoutes.USER, OWN + "?group_by=key").body().path("data");

        assertThat(data.valueStream().map(line -> line.path("caller_key_id").asString("login")))
                .containsExactlyInAnyOrder(Attempt.KEYS.getFirst().toString(), "login");
        assertThat(data.valueStream()
                        .mapToInt(line -> line.path("requests").intValue())
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void oldHoursAreReportedAfterTheirRecordsAreGone() {
        ship(Attempt.of("2026-11-20T10:20:00Z", RunningRoutes.USER_ID, 5));
        routes.database().execute("DROP TABLE llm_usage_20261120");

        assertThat(routes.get(RunningRoutes.USER, OWN)
                        .body()
                        .path("totals")
                        .path(0)
                        .path("cost")
                        .asString())
                .isEqualTo("0.000000005");
    }

    @Test
    void aCorrectedRecordIsCountedOnce() {
        ship(Attempt.of("2026-11-20T10:20:00Z", RunningRoutes.USER_ID, 5));
        routes.database().execute("""
                SELECT correct_usage(attempt_id, '{"cost_nano": 3, "user_cost_nano": 3}', 'a wrong price') FROM llm_usage
                """);

        JsonNode totals = routes.get(RunningRoutes.USER, OWN + "?from=2026-11-20T10:10:00Z&to=2026-11-20T10:50:00Z")
                .body()
                .path("totals");

        assertThat(totals.path(0).path("attempts").intValue()).isEqualTo(1);
        assertThat(totals.path(0).path("cost").asString()).isEqualTo("0.000000003");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=1900-01-01&to=9999-12-31",
                "from=1999-12-31",
                "to=2102-01-01",
                "from=2026-11-02&to=2026-11-01",
                "from=2026-11-01&to=2026-11-01",
                "from=yesterday",
                "from=2026-02-30",
                "from=2026-11-01T00:00:00",
                "from=0",
                "tz=Mars/Olympus",
                "tz=../../etc/passwd",
                "tz=%2B99:00",
                "tz=GMT0%3B",
                "from=2025-01-01&to=2026-11-01&group_by=hour",
                "from=2000-01-01&to=2026-11-01",
                "from=-999999999-01-01T00:00:00Z"
            })
    void m13_refusesRangesThatAreNone(String query) {
        Answer refused = routes.get(RunningRoutes.USER, OWN + "?" + query);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("invalid_range");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "group_by=week",
                "group_by=day,hour",
                "group_by=day,day",
                "group_by=,",
                "group_by=day%3Bdrop",
                "caller_key_id=1",
                "from=2026-11-01&from=2026-11-02"
            })
    void refusesQuestionsItCannotAnswer(String query) {
        assertThat(routes.get(RunningRoutes.USER, OWN + "?" + query).code()).isEqualTo("invalid_parameter");
    }

    @Test
    void aDateBeginsInTheReportsTimeZone() {
        ship(
                Attempt.of("2026-11-22T15:59:59Z", RunningRoutes.USER_ID, 1),
                Attempt.of("2026-11-22T16:00:00Z", RunningRoutes.USER_ID, 2),
                Attempt.of("2026-11-23T15:59:59Z", RunningRoutes.USER_ID, 4),
                Attempt.of("2026-11-23T16:00:00Z", RunningRoutes.USER_ID, 8));

        JsonNode report = routes.get(RunningRoutes.USER, OWN + "?tz=Asia/Shanghai&from=2026-11-23&to=2026-11-24")
                .body();

        assertThat(report.path("from").asString()).isEqualTo("2026-11-23T00:00:00+08:00");
        assertThat(report.path("time_zone").asString()).isEqualTo("Asia/Shanghai");
        assertThat(report.path("data").size()).isEqualTo(1);
        assertThat(report.path("data").path(0).path("cost").asString()).isEqualTo("0.000000006");
    }

    private static Attempt keyed(UUID user) {
        Attempt plain = Attempt.of("2026-11-23T10:00:00Z", user, 1);
        return new Attempt(
                plain.at(),
                user,
                Attempt.KEYS.getFirst(),
                plain.model(),
                plain.provider(),
                plain.providerKeyId(),
                "USD",
                true,
                "completed",
                "exact",
                1,
                0,
                1,
                1,
                1);
    }

    private void ship(Attempt... attempts) {
        routes.jdbi().useTransaction(handle -> Attempt.ship(handle, List.of(attempts)));
    }
}
