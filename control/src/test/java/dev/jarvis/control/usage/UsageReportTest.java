package dev.jarvis.control.usage;

import dev.jarvis.control.RunningRoutes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What administrators can ask of a report beyond sums: the period before, one currency, an order, a file. */
class UsageReportTest {
    private static final long ONE = 1_000_000_000;

    private static RunningRoutes routes;

    @BeforeAll
    static void start() throws Exception {
        routes = new RunningRoutes((endpoints, jdbi) -> new UsageEndpoint(jdbi, Clock.systemUTC()).addTo(endpoints));
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
    void thePeriodBeforeIsShownBesideThisOne() {
        ship(
                Attempt.of("2026-11-20T10:00:00Z", RunningRoutes.USER_ID, 5 * ONE),
                Attempt.of("2026-11-20T10:00:00Z", RunningRoutes.OTHER_USER_ID, 3 * ONE),
                Attempt.of("2026-11-21T10:00:00Z", RunningRoutes.USER_ID, 7 * ONE));

        JsonNode report = report("from=2026-11-21&to=2026-11-22&group_by=user&compare=previous&order=cost");

        assertThat(report.path("previous_from").asString()).isEqualTo("2026-11-20T00:00:00Z");
        assertThat(cost(report.path("data").path(0))).isEqualTo("7 after 5");
        assertThat(cost(report.path("data").path(1))).isEqualTo("0 after 3");
        assertThat(cost(report.path("totals").path(0))).isEqualTo("7 after 8");
    }

    /** On 1 November New York has 25 hours, the day before has 24. */
    @Test
    void daysAreComparedWithAsManyDaysAndNotWithAsManyHours() {
        ship(Attempt.of("2026-10-31T04:30:00Z", RunningRoutes.USER_ID, ONE));

        JsonNode report =
                report("from=2026-11-01&to=2026-11-02&tz=America/New_York&group_by=day&compare=previous&order=cost");

        assertThat(cost(report.path("data").path(0))).isEqualTo("0 after 1");
        assertThat(report.path("data").path(0).path("day").asString()).isEqualTo("2026-11-01");
    }

    @Test
    void eachDayIsConvertedAtTheRateThatHeldWhenItBegan() {
        routes.database().execute("""
                INSERT INTO exchange_rates (from_currency, to_currency, rate, effective_from)
                VALUES ('USD', 'CNY', 7, '2026-11-01T00:00:00Z'), ('CNY', 'USD', 0.125, '2026-11-21T12:00:00Z')
                """);
        ship(
                Attempt.of("2026-10-25T10:00:00Z", RunningRoutes.USER_ID, 9 * ONE),
                Attempt.of("2026-11-20T10:00:00Z", RunningRoutes.USER_ID, ONE),
                Attempt.of("2026-11-21T23:00:00Z", RunningRoutes.USER_ID, ONE),
                Attempt.of("2026-11-22T10:00:00Z", RunningRoutes.USER_ID, ONE));

        JsonNode lines = report("from=2026-10-20&to=2026-11-23&group_by=model&currency=CNY")
                .path("data");

        assertThat(lines).hasSize(2);
        assertThat(lines.path(0).path("currency").asString()
                        + lines.path(0).path("cost").asString())
                .isIn("CNY22", "USD9");
        assertThat(lines.path(1).path("currency").asString()
                        + lines.path(1).path("cost").asString())
                .isIn("CNY22", "USD9");
    }

    @Test
    void whatNobodyConfirmedOrPaysIsShown() {
        Attempt plain = Attempt.of("2026-11-20T10:00:00Z", RunningRoutes.USER_ID, 4 * ONE);
        ship(plain);
        routes.database().execute("""
                SELECT correct_usage(attempt_id, '{"billing": "estimated", "user_cost_nano": 1000000000, "first_content_ms": 30,
                                                   "duration_ms": 90}', 'cut off') FROM llm_usage
                """);

        JsonNode line = report("from=2026-11-20&to=2026-11-21&group_by=model")
                .path("data")
                .path(0);

        assertThat(line.path("estimated").intValue()).isEqualTo(1);
        assertThat(line.path("estimated_cost").asString()).isEqualTo("4");
        assertThat(line.path("unpaid").intValue()).isEqualTo(1);
        assertThat(line.path("unpaid_cost").asString()).isEqualTo("3");
        assertThat(line.path("average_first_content_ms").intValue()).isEqualTo(30);
        assertThat(line.path("average_duration_ms").intValue()).isEqualTo(90);
    }

    @Test
    void theHighestComeFirstAndTotalsCountThoseToo() {
        ship(
                Attempt.of("2026-11-20T10:00:00Z", RunningRoutes.USER_ID, ONE),
                Attempt.of("2026-11-20T10:00:00Z", RunningRoutes.OTHER_USER_ID, 3 * ONE));

        JsonNode report = report("from=2026-11-20&to=2026-11-21&group_by=user&order=cost&limit=1");

        assertThat(report.path("data")).hasSize(1);
        assertThat(UUID.fromString(report.path("data").path(0).path("user_id").asString()))
                .isEqualTo(RunningRoutes.OTHER_USER_ID);
        assertThat(report.path("totals").path(0).path("cost").asString()).isEqualTo("4");
    }

    @Test
    void aReportIsAlsoAFile() throws Exception {
        ship(Attempt.of("2026-11-20T10:00:00Z", RunningRoutes.USER_ID, ONE));

        List<String> lines = csv("from=2026-11-20&to=2026-11-21&group_by=day,model&compare=previous&format=csv");

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .startsWith("day,model,requests,")
                .contains("previous_cost")
                .endsWith("currency");
        assertThat(lines.get(1)).startsWith("2026-11-20,demo,1,").endsWith("USD");
    }

    private static String cost(JsonNode line) {
        return line.path("cost").asString() + " after "
                + line.path("previous").path("cost").asString();
    }

    private static void ship(Attempt... attempts) {
        routes.jdbi().useTransaction(handle -> Attempt.ship(handle, List.of(attempts)));
    }

    private static JsonNode report(String query) {
        RunningRoutes.Answer answer = routes.get(RunningRoutes.ADMIN, "/api/v1/usage?" + query);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> csv(String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + routes.port() + "/api/v1/usage?" + query))
                .header("authorization", "Bearer " + RunningRoutes.ADMIN)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .toList();
        }
    }
}
