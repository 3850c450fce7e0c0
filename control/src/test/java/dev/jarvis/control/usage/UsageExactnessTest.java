package dev.jarvis.control.usage;

import dev.jarvis.control.RunningRoutes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** Reports of two thousand attempts say what counting them one by one says, wherever days and ranges begin. */
class UsageExactnessTest {
    private static final Instant FIRST = Instant.parse("2026-10-29T00:00:00Z");
    private static final Instant LAST = Instant.parse("2026-11-04T00:00:00Z");
    private static final OffsetDateTime FOLDED = OffsetDateTime.parse("2026-10-31T15:00:00Z");
    private static final long SEED = 20_261_101;
    private static final List<Attempt> ATTEMPTS = Attempt.random(SEED, 2000, FIRST, LAST);

    private static RunningRoutes routes;

    @BeforeAll
    static void start() throws Exception {
        routes = new RunningRoutes((endpoints, jdbi) -> new UsageEndpoint(jdbi, Clock.systemUTC()).addTo(endpoints));
        // Half of what comes is late for the daily rollups, half of it is not folded into them yet.
        routes.jdbi().useHandle(handle -> handle.execute("UPDATE usage_folding SET folded_until = ?", FOLDED));
        routes.jdbi().useTransaction(handle -> Attempt.ship(handle, ATTEMPTS));
    }

    @AfterAll
    static void stop() throws Exception {
        routes.close();
    }

    /** New York's clocks repeat an hour on 1 November 2026; Kathmandu's show a quarter of an hour more than others. */
    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-10-29, 2026-11-04",
        "UTC, 2026-10-30T10:17:33Z, 2026-11-02T03:00:00Z",
        "UTC, 2026-10-30T10:17:33Z, 2026-10-30T10:48:01Z",
        "Asia/Shanghai, 2026-10-30, 2026-11-02",
        "Asia/Shanghai, 2026-10-30T00:00:00%2B08:00, 2026-11-01T11:11:11%2B08:00",
        "Asia/Kathmandu, 2026-10-30, 2026-11-02",
        "Asia/Kathmandu, 2026-10-30T10:17:33Z, 2026-11-01T03:00:00Z",
        "America/New_York, 2026-10-31, 2026-11-03",
        "America/New_York, 2026-11-01T05:30:00Z, 2026-11-01T06:30:00Z",
        "America/St_Johns, 2026-10-31, 2026-11-03",
    })
    void countsEveryAttemptOnceInEveryTimeZone(String tz, String from, String to) {
        ZoneId zone = ZoneId.of(tz);
        List<Attempt> inside = between(moment(from, zone), moment(to, zone));
        String range = "from=" + from + "&to=" + to + "&tz=" + tz;
        assertThat(inside).isNotEmpty();

        compare(range + "&group_by=day", inside, at -> at.toLocalDate().toString(), "day");
        compare(range + "&group_by=hour", inside, at -> hour(at).toString(), "hour");
        assertThat(Tally.read(report(range + "&group_by=model").path("data"), line -> text(line, "model", "currency")))
                .isEqualTo(Tally.count(inside, attempt -> attempt.model() + " " + attempt.currency()));
        assertThat(Tally.read(report(range + "&group_by=user").path("data"), line -> text(line, "user_id", "currency")))
                .isEqualTo(Tally.count(inside, attempt -> attempt.userId() + " " + attempt.currency()));
        assertThat(Tally.read(report(range + "&group_by=team").path("data"), line -> text(line, "team_id", "currency")))
                .isEqualTo(Tally.count(
                        inside,
                        attempt -> (attempt.teamId() == null ? "-" : attempt.teamId()) + " " + attempt.currency()));
        assertThat(Tally.read(
                        report(range + "&group_by=key").path("data"), line -> text(line, "caller_key_id", "currency")))
                .isEqualTo(Tally.count(inside, attempt -> id(attempt.callerKeyId()) + " " + attempt.currency()));
    }

    @Test
    void groupsByEverythingAtOnce() {
        JsonNode report = report(
                "from=2026-10-29&to=2026-11-04&group_by=day,model,user,team,key,provider,provider_key&tz=Asia/Shanghai");

        assertThat(Tally.read(
                        report.path("data"),
                        line -> text(
                                line,
                                "day",
                                "model",
                                "user_id",
                                "caller_key_id",
                                "provider",
                                "provider_key_id",
                                "currency")))
                .isEqualTo(Tally.count(
                        between(
                                moment("2026-10-29", ZoneId.of("Asia/Shanghai")),
                                moment("2026-11-04", ZoneId.of("Asia/Shanghai"))),
                        attempt -> String.join(
                                " ",
                                attempt.at()
                                        .atZone(ZoneId.of("Asia/Shanghai"))
                                        .toLocalDate()
                                        .toString(),
                                attempt.model(),
                                attempt.userId().toString(),
                                id(attempt.callerKeyId()),
                                attempt.provider(),
                                id(attempt.providerKeyId()),
                                attempt.currency())));
    }

    @Test
    void totalsAreTheSumOfTheLinesForEachCurrency() {
        JsonNode report = report("from=2026-10-29&to=2026-11-04&group_by=hour,user");

        assertThat(Tally.read(report.path("totals"), line -> text(line, "currency")))
                .isEqualTo(Tally.count(ATTEMPTS, Attempt::currency));
    }

    @ParameterizedTest
    @CsvSource({
        "user_id, 019a0000-0000-7000-8000-000000000002",
        "caller_key_id, 00000000-0000-0007-0000-000000000001",
        "model, qwen/qwen3",
        "provider, azure",
        "provider_key_id, 00000000-0000-0007-0000-000000000002",
    })
    void filtersWholeHoursAndCutOnes(String filter, String value) {
        List<Attempt> inside = between(Instant.parse("2026-10-30T10:17:33Z"), Instant.parse("2026-11-01T03:30:00Z"));

        JsonNode report =
                report("from=2026-10-30T10:17:33Z&to=2026-11-01T03:30:00Z&group_by=model&" + filter + "=" + value);

        assertThat(Tally.read(report.path("totals"), line -> text(line, "currency")))
                .isEqualTo(Tally.count(
                        inside.stream()
                                .filter(attempt -> List.of(
                                                attempt.userId().toString(),
                                                attempt.model(),
                                                attempt.provider(),
                                                filter.equals("caller_key_id")
                                                        ? attempt.callerKeyId().toString()
                                                        : attempt.providerKeyId()
                                                                .toString())
                                        .contains(value))
                                .toList(),
                        Attempt::currency));
    }

    private static void compare(
            String query, List<Attempt> attempts, Function<ZonedDateTime, String> bucket, String field) {
        JsonNode report = report(query);
        ZoneId zone = ZoneId.of(report.path("time_zone").asString());

        assertThat(Tally.read(report.path("data"), line -> text(line, field, "currency")))
                .as(query)
                .isEqualTo(Tally.count(
                        attempts, attempt -> bucket.apply(attempt.at().atZone(zone)) + " " + attempt.currency()));
    }

    private static JsonNode report(String query) {
        RunningRoutes.Answer answer = routes.get(RunningRoutes.ADMIN, "/api/v1/usage?" + query);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private static List<Attempt> between(Instant from, Instant to) {
        return ATTEMPTS.stream()
                .filter(attempt -> !attempt.at().isBefore(from) && attempt.at().isBefore(to))
                .toList();
    }

    private static Instant moment(String text, ZoneId zone) {
        return text.length() == 10
                ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                : OffsetDateTime.parse(text.replace("%2B", "+")).toInstant();
    }

    private static String hour(ZonedDateTime at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.truncatedTo(ChronoUnit.HOURS));
    }

    private static String text(JsonNode line, String... fields) {
        return String.join(
                " ",
                List.of(fields).stream()
                        .map(field -> line.path(field).asString("-"))
                        .toList());
    }

    private static String id(UUID key) {
        return key.equals(new UUID(0, 0)) ? "-" : key.toString();
    }
}
