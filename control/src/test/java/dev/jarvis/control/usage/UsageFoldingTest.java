package dev.jarvis.control.usage;

import dev.jarvis.control.RunningRoutes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Hours that are over become part of the daily and weekly rollups; reports say the same before, between and after. */
class UsageFoldingTest {
    private static final String WEEKS = "/api/v1/usage?from=2026-10-05&to=2026-10-14&group_by=user,key,team";
    private static final List<Attempt> ATTEMPTS =
            Attempt.random(7, 600, Instant.parse("2026-10-09T00:00:00Z"), Instant.parse("2026-10-14T00:00:00Z"));

    private RunningRoutes routes;

    @BeforeEach
    void start() throws Exception {
        routes = new RunningRoutes((endpoints, jdbi) -> new UsageEndpoint(jdbi, Clock.systemUTC()).addTo(endpoints));
        routes.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE usage_folding SET folded_until = ?", OffsetDateTime.parse("2026-10-09T00:00:00Z")));
    }

    @AfterEach
    void stop() throws Exception {
        routes.close();
    }

    @Test
    void reportsDoNotChangeByIt() {
        ship(ATTEMPTS);
        JsonNode before = report(WEEKS);
        assertThat(number("SELECT count(*) FROM llm_usage_daily_paid")).isZero();

        folding("2026-10-11T10:04:00Z").foldDue();
        assertThat(number("SELECT count(*) FROM llm_usage_daily_paid")).isPositive();
        assertThat(text("SELECT max(day)::text FROM llm_usage_daily")).isLessThan("2026-10-12");
        assertThat(text("SELECT folded_until::timestamptz AT TIME ZONE 'UTC' FROM usage_folding"))
                .startsWith("2026-10-11 09:00");
        assertThat(report(WEEKS)).isEqualTo(before);

        folding("2026-10-14T00:05:00Z").foldDue();
        assertThat(report(WEEKS)).isEqualTo(before);
        assertThat(number("SELECT sum(attempts)::bigint FROM llm_usage_weekly_paid"))
                .isEqualTo(600);
        assertThat(number("SELECT sum(attempts)::bigint FROM llm_usage_daily")).isEqualTo(600);
        assertThat(Tally.read(
                        before.path("totals"), line -> line.path("currency").asString()))
                .isEqualTo(Tally.count(ATTEMPTS, Attempt::currency));
    }

    @Test
    void whatComesLateIsAddedAtOnce() {
        folding("2026-10-11T10:10:00Z").foldDue();
        ship(ATTEMPTS);
        assertThat(text("SELECT max(day)::text FROM llm_usage_daily")).isEqualTo("2026-10-11");

        JsonNode before = report(WEEKS);
        folding("2026-10-15T00:00:00Z").foldDue();

        assertThat(report(WEEKS)).isEqualTo(before);
        assertThat(number("SELECT sum(attempts)::bigint FROM llm_usage_daily")).isEqualTo(600);
    }

    @Test
    void doesNothingTwice() {
        ship(ATTEMPTS);
        folding("2026-10-15T00:00:00Z").foldDue();
        folding("2026-10-15T00:00:00Z").foldDue();

        assertThat(number("SELECT sum(attempts)::bigint FROM llm_usage_daily_paid"))
                .isEqualTo(600);
    }

    private void ship(List<Attempt> attempts) {
        routes.jdbi().useTransaction(handle -> Attempt.ship(handle, attempts));
    }

    private UsageFolding folding(String now) {
        return new UsageFolding(routes.jdbi(), Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }

    private JsonNode report(String path) {
        RunningRoutes.Answer answer = routes.get(RunningRoutes.ADMIN, path);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private long number(String sql) {
        return routes.jdbi()
                .withHandle(handle -> handle.createQuery(sql.replace("::", "\\:\\:"))
                        .mapTo(Long.class)
                        .one());
    }

    private String text(String sql) {
        return routes.jdbi()
                .withHandle(handle -> handle.createQuery(sql.replace("::", "\\:\\:"))
                        .mapTo(String.class)
                        .one());
    }
}
