package dev.jarvis.control.usage;

import dev.jarvis.control.answer.CsvAnswer;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /api/v1/llm/usage}: the caller's own usage, at what it pays. {@code GET /api/v1/usage}: everyone's, for
 * administrators, also at what the providers charge. Groups without usage are not listed.
 */
public final class UsageEndpoint {
    private final Jdbi jdbi;
    private final Clock clock;

    /** @param clock says what today is, where a report's end is not given */
    public UsageEndpoint(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.GET, "/api/v1/llm/usage", Access.USER, this::own)
                .add(HttpMethod.GET, "/api/v1/usage", Access.ADMIN, this::all);
    }

    private Reply own(Call call) {
        return report(UsageQuestion.own(call, clock), false);
    }

    private Reply all(Call call) {
        return report(UsageQuestion.all(call, clock), true);
    }

    private Reply report(UsageQuestion question, boolean forOperator) {
        UsageReport.Groups groups = jdbi.inTransaction(handle -> {
            Optional<Conversion> conversion = question.currency().map(to -> Conversion.read(handle, to));
            return new UsageReport.Groups(
                    groups(handle, question, conversion),
                    question.compared() ? groups(handle, question.before(), conversion) : null);
        });
        UsageReport report = UsageReport.of(question, question.buckets(), groups, forOperator);
        return question.csv()
                ? Reply.download(CsvAnswer.CONTENT_TYPE, "usage.csv", out -> writeCsv(out, report.data()))
                : Reply.ok(report);
    }

    private static List<UsageGroup> groups(Handle handle, UsageQuestion question, Optional<Conversion> conversion) {
        List<Instant> rateStarts = conversion.map(Conversion::starts).orElse(List.of());
        List<UsageListing.Rated> rated =
                UsageListing.read(handle, question, question.buckets(), rateStarts, UsageQuestion.MOST_GROUPS + 1);
        if (rated.size() > UsageQuestion.MOST_GROUPS) {
            throw Refusal.badRequest(
                    "invalid_range",
                    "The report has more than " + UsageQuestion.MOST_GROUPS
                            + " lines. Shorten the range or group by less.",
                    "from");
        }
        return conversion
                .map(converting -> converting.apply(rated))
                .orElseGet(() -> rated.stream().map(UsageListing.Rated::group).toList());
    }

    private static void writeCsv(OutputStream out, List<Map<String, Object>> lines) throws IOException {
        List<Map<String, @Nullable Object>> flat =
                lines.stream().map(UsageEndpoint::flat).toList();
        CsvAnswer csv = new CsvAnswer(
                out,
                flat.isEmpty() ? List.of() : new ArrayList<>(flat.getFirst().keySet()));
        for (Map<String, @Nullable Object> line : flat) {
            csv.row(new ArrayList<>(line.values()));
        }
        csv.finish();
    }

    /** What is nested in a line gets a column each: {@code previous_cost}. */
    private static Map<String, @Nullable Object> flat(Map<String, Object> line) {
        Map<String, @Nullable Object> flat = new LinkedHashMap<>();
        line.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                nested.forEach((inner, number) -> flat.put(name + "_" + inner, plain(number)));
            } else {
                flat.put(name, plain(value));
            }
        });
        return flat;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }
}
