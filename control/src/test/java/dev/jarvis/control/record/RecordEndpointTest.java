package dev.jarvis.control.record;

import dev.jarvis.control.RunningRoutes;
import dev.jarvis.control.RunningRoutes.Answer;
import dev.jarvis.control.audit.Audit;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The call log shows every attempt once, to those who may see it. */
class RecordEndpointTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T18:30:00Z"), ZoneOffset.UTC);
    private static final String OWN = "/api/v1/llm/usage/records";
    private static final String ALL = "/api/v1/usage/records";
    private static final int ROWS = 2_600;

    /** Ids of version 7, 97 s apart over three days; each third the other user's, each tenth failed. */
    private static final String RECORDS = """
            SELECT ensure_usage_partition(d::date) FROM generate_series('2026-11-20'::date, '2026-11-23'::date, '1 day') d;
            WITH made AS (
                SELECT i, '2026-11-20T06:00:00Z'::timestamptz + i * interval '97 s' AS at FROM generate_series(0, 2599) AS i
            )
            INSERT INTO llm_usage (day, attempt_id, request_id, node_id, user_id, model, deployment_id, provider, provider_key_hint,
                                   outcome, billing, http_status, input_tokens, output_tokens, cost_nano, user_cost_nano,
                                   cost_lines, started_at, error_code)
            SELECT (at AT TIME ZONE 'UTC')::date,
                   (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '8'
                       || substr(md5(i::text), 4, 15))::uuid,
                   'request-' || i, '00000000-0000-0000-0000-000000000009',
                   CASE WHEN i % 3 = 0 THEN '019a0000-0000-7000-8000-000000000003'::uuid
                        ELSE '019a0000-0000-7000-8000-000000000002' END,
                   CASE WHEN i = 7 THEN '=HYPERLINK("http://example.com","x")' ELSE 'demo' END,
                   '00000000-0000-0000-0000-000000000008', 'jarvis', 'wxyz',
                   CASE WHEN i % 10 = 0 THEN 'failed' ELSE 'completed' END, 'exact', CASE WHEN i % 10 = 0 THEN 500 ELSE 200 END,
                   10, 5, i * 1000, CASE WHEN i % 10 = 0 THEN 0 ELSE i * 1000 END,
                   jsonb_build_array(jsonb_build_object('class', 'input', 'tokens', 10, 'price_nano', 100000000,
                                                        'amount_nano', i * 1000)),
                   at, CASE WHEN i % 10 = 0 THEN 'upstream_error' END
            FROM made
            """;

    private static RunningRoutes routes;

    @BeforeAll
    static void start() throws Exception {
        routes = new RunningRoutes(
                (endpoints, jdbi) -> new RecordEndpoint(jdbi, new Audit(jdbi), CLOCK).addTo(endpoints));
        routes.database().execute(RECORDS);
    }

    @AfterAll
    static void stop() throws Exception {
        routes.close();
    }

    @Test
    void pagesFollowEachOtherNewestFirstAndShowEachRecordOnce() {
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode part = get(RunningRoutes.ADMIN, ALL + "?limit=499" + next);
            part.path("data").forEach(line -> seen.add(line.path("started_at").asString()));
            next = part.path("has_more").booleanValue()
                    ? "&after=" + part.path("next").asString()
                    : "";
        } while (!next.isEmpty());

        assertThat(seen).hasSize(ROWS).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(new TreeSet<>(seen)).hasSize(ROWS);
    }

    @Test
    void peopleSeeTheirOwnCallsAtWhatTheyPayAndNothingOfTheProvider() {
        JsonNode line = get(RunningRoutes.OTHER_USER, OWN + "?outcome=failed&limit=1")
                .path("data")
                .path(0);

        assertThat(line.path("cost").asString()).isEqualTo("0");
        for (String hidden : List.of("user_id", "user_cost", "provider", "provider_key_hint", "deployment_id")) {
            assertThat(line.has(hidden)).as(hidden).isFalse();
        }
        String attempt = line.path("attempt_id").asString();
        assertThat(get(RunningRoutes.OTHER_USER, OWN + "/" + attempt).path("cost_lines"))
                .isEmpty();
        assertThat(routes.get(RunningRoutes.USER, OWN + "/" + attempt).code()).isEqualTo("record_not_found");
        assertThat(routes.get(RunningRoutes.USER, ALL).status()).isEqualTo(403);
        JsonNode whole = get(RunningRoutes.ADMIN, ALL + "/" + attempt);
        assertThat(whole.path("provider_key_hint").asString()).isEqualTo("wxyz");
        assertThat(whole.path("cost_lines").path(0).path("price").asString()).isEqualTo("0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "request_id=request-1234, 1",
        "user_id=019a0000-0000-7000-8000-000000000003, 867",
        "outcome=failed, 260",
        "'outcome=failed,completed', 2600",
        "'outcome=failed,truncated,rejected,interrupted&limit=3', 260",
        "status=500, 260",
        "error_code=upstream_error, 260",
        "min_cost=0.0025, 100",
        "model=demo, 2599",
        "provider=none, 0",
        "billing=estimated, 0",
        "team_id=00000000-0000-0000-0000-000000000001, 0",
        "caller_key_id=00000000-0000-0000-0000-000000000001, 0",
        "provider_key_id=00000000-0000-0000-0000-000000000001, 0",
        "from=2026-11-21&to=2026-11-22, 890",
        "from=2026-11-21&to=2026-11-22&tz=Asia/Shanghai, 890",
    })
    void filtersByWhatTheRecordSays(String filter, int expected) throws Exception {
        assertThat(csv(RunningRoutes.ADMIN, ALL + "?format=csv&" + filter)).hasSize(expected);
    }

    @Test
    void theCsvFileHasEveryRecordAndNoCellThatASpreadsheetRuns() throws Exception {
        List<CSVRecord> lines = csv(RunningRoutes.ADMIN, ALL + "?format=csv");

        assertThat(lines).hasSize(ROWS);
        assertThat(lines.getFirst().get("request_id")).isEqualTo("request-2599");
        assertThat(lines.get(ROWS - 8).get("model")).isEqualTo("'=HYPERLINK(\"http://example.com\",\"x\")");
        assertThat(lines).allMatch(CSVRecord::isConsistent);
        assertThat(csv(RunningRoutes.USER, OWN + "?format=csv&limit=1")).hasSize(ROWS - 867);
    }

    @Test
    void aCorrectedRecordShowsWhatHoldsAndWhatWasSuperseded() {
        String attempt = get(RunningRoutes.ADMIN, ALL + "?request_id=request-2000")
                .path("data")
                .path(0)
                .path("attempt_id")
                .asString();
        correct(attempt, "{\"output_tokens\": 6, \"user_cost_nano\": 1}", "first look");
        correct(attempt, "{\"output_tokens\": 7, \"user_cost_nano\": 2}", "second look");

        JsonNode list =
                get(RunningRoutes.ADMIN, ALL + "?request_id=request-2000").path("data");
        assertThat(list).hasSize(1);
        assertThat(list.path(0).path("attempt_id").asString()).isEqualTo(attempt);
        assertThat(list.path(0).path("corrected").booleanValue()).isTrue();
        assertThat(list.path(0).path("output_tokens").intValue()).isEqualTo(7);

        JsonNode whole = get(RunningRoutes.ADMIN, ALL + "/" + attempt);
        assertThat(whole.path("correction_reason").asString()).isEqualTo("second look");
        assertThat(whole.path("superseded")).hasSize(2);
        assertThat(whole.path("superseded").path(0).path("output_tokens").intValue())
                .isEqualTo(6);
        assertThat(whole.path("superseded").path(1).path("output_tokens").intValue())
                .isEqualTo(5);
        assertThat(whole.path("superseded").path(1).path("correction_reason").isNull())
                .isTrue();
    }

    @Test
    void anAdministratorForgivesACostAndTheAuditLogSaysWhy() {
        String attempt = get(RunningRoutes.ADMIN, ALL + "?request_id=request-1999")
                .path("data")
                .path(0)
                .path("attempt_id")
                .asString();
        String path = ALL + "/" + attempt + "/corrections";

        Answer corrected = routes.send(
                RunningRoutes.ADMIN, "POST", path, "{\"reason\": \"goodwill\", \"user_cost\": \"0.0000005\"}");

        assertThat(corrected.status()).isEqualTo(201);
        assertThat(corrected.body().path("user_cost").asString()).isEqualTo("0.0000005");
        assertThat(corrected.body().path("cost").asString()).isEqualTo("0.001999");
        assertThat(corrected.body().path("superseded").path(0).path("user_cost").asString())
                .isEqualTo("0.001999");
        assertThat(
                        routes.database()
                                .query(
                                        "SELECT before ->> 'user_cost' || ' ' || target_id FROM audit_logs WHERE action = 'usage.correct'"))
                .containsExactly("0.001999 " + attempt);
        for (String wrong : List.of(
                "{\"reason\": \"x\", \"user_cost\": \"-1\"}",
                "{\"reason\": \"x\", \"user_cost\": \"0.002\"}",
                "{\"reason\": \"x\", \"user_cost\": \"0.00000000001\"}",
                "{\"reason\": \"x\", \"user_cost\": null}",
                "{\"user_cost\": \"0\"}",
                "{\"reason\": \"x\", \"user_cost\": \"0\", \"cost\": \"0\"}")) {
            assertThat(routes.send(RunningRoutes.ADMIN, "POST", path, wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(routes.send(RunningRoutes.USER, "POST", path, "{}").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=1000000000",
                "limit=0",
                "after=yesterday",
                "outcome=odd",
                "outcome=failed,odd",
                "outcome=failed,",
                "status=abc",
                "min_cost=-1",
                "min_cost=1e9",
                "from=2026-11-21&to=2026-11-20",
                "offset=100000",
                "format=xml",
                "request_id=a&request_id=b",
            })
    void s23_questionsOutOfBoundsAreRefused(String query) {
        Answer answer = routes.get(RunningRoutes.ADMIN, ALL + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Set.of("invalid_parameter", "invalid_range", "unknown_parameter"))
                .contains(answer.code());
    }

    @Test
    void s23_textsOfSearchesAreShortAndTakenAsTheyAre() {
        assertThat(routes.get(RunningRoutes.ADMIN, ALL + "?model=" + "x".repeat(7000))
                        .status())
                .isEqualTo(400);
        assertThat(get(RunningRoutes.ADMIN, ALL + "?model=%25%25%25&request_id=%25_")
                        .path("data"))
                .isEmpty();
    }

    @Test
    void whatIsNoRecordIsNotFound() {
        for (String id : List.of(UUID.randomUUID().toString(), "x", "019a0000-0000-7000-8000-000000000002")) {
            assertThat(routes.get(RunningRoutes.ADMIN, ALL + "/" + id).code()).isEqualTo("record_not_found");
        }
    }

    private static void correct(String attempt, String changes, String reason) {
        routes.database().execute("SELECT correct_usage('" + attempt + "', '" + changes + "', '" + reason + "')");
    }

    private static JsonNode get(String token, String path) {
        Answer answer = routes.get(token, path);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private static List<CSVRecord> csv(String token, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + routes.port() + path))
                .header("authorization", "Bearer " + token)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("content-disposition").orElse(""))
                    .contains("attachment");
            CSVFormat format = CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get();
            try (CSVParser parser = CSVParser.parse(response.body(), format)) {
                return parser.getRecords();
            }
        }
    }
}
