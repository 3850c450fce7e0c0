package dev.jarvis.control.record;

import dev.jarvis.control.answer.CsvAnswer;
import dev.jarvis.control.audit.Audit;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * {@code /api/v1/llm/usage/records}: one's own calls. {@code /api/v1/usage/records}: everyone's, for administrators, with
 * what was paid for them and to whom.
 */
public final class RecordEndpoint {
    private static final int CSV_PAGE = 1_000;

    private final RecordListing listing;
    private final Corrections corrections;
    private final Clock clock;

    /** @param next where the following page starts, as {@code after}; {@code null} at the end */
    private record Part(
            List<Map<String, @Nullable Object>> data,
            boolean hasMore,
            @Nullable UUID next) {}

    public RecordEndpoint(Jdbi jdbi, Audit audit, Clock clock) {
        this.listing = new RecordListing(jdbi);
        this.corrections = new Corrections(jdbi, audit);
        this.clock = clock;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.GET, "/api/v1/llm/usage/records", Access.USER, this::own)
                .add(HttpMethod.GET, "/api/v1/llm/usage/records/{id}", Access.USER, this::ownRecord)
                .add(HttpMethod.GET, "/api/v1/usage/records", Access.ADMIN, this::all)
                .add(HttpMethod.GET, "/api/v1/usage/records/{id}", Access.ADMIN, this::anyRecord)
                .add(HttpMethod.POST, "/api/v1/usage/records/{id}/corrections", Access.ADMIN, this::correct);
    }

    private Reply own(Call call) {
        return list(RecordFilter.own(call, clock), false);
    }

    private Reply all(Call call) {
        return list(RecordFilter.all(call, clock), true);
    }

    private Reply ownRecord(Call call) {
        return Reply.ok(RecordDetail.of(chain(call, false), false));
    }

    private Reply anyRecord(Call call) {
        return Reply.ok(RecordDetail.of(chain(call, true), true));
    }

    private Reply correct(Call call) {
        QueryParameters.none(call);
        return Reply.created(corrections.correct(call));
    }

    private List<RecordDetail.Row> chain(Call call, boolean forOperator) {
        QueryParameters.none(call);
        List<RecordDetail.Row> chain = listing.chain(PathIds.read(call, "record"), forOperator);
        boolean mayBeSeen = forOperator
                || chain.stream()
                        .allMatch(row -> row.userId().equals(call.caller().userId()));
        if (chain.isEmpty() || !mayBeSeen) {
            throw PathIds.notFound("record");
        }
        return chain;
    }

    private Reply list(RecordFilter filter, boolean forOperator) {
        if (filter.csv()) {
            return Reply.download(
                    CsvAnswer.CONTENT_TYPE, "usage-records.csv", out -> writeCsv(out, filter, forOperator));
        }
        List<RecordListing.Line> found = listing.page(filter.ofSize(filter.limit() + 1), forOperator);
        boolean hasMore = found.size() > filter.limit();
        List<RecordListing.Line> lines = hasMore ? found.subList(0, filter.limit()) : found;
        return Reply.ok(new Part(
                lines.stream().map(RecordListing.Line::fields).toList(),
                hasMore,
                hasMore ? lines.getLast().rowId() : null));
    }

    /** Page by page, so that a slow reader holds no connection to the database. */
    private void writeCsv(OutputStream out, RecordFilter filter, boolean forOperator) throws IOException {
        RecordFilter page = filter.ofSize(CSV_PAGE);
        List<RecordListing.Line> lines = listing.page(page, forOperator);
        CsvAnswer csv = new CsvAnswer(
                out,
                Column.of(forOperator).stream()
                        .map(column -> column.label(forOperator))
                        .toList());
        while (true) {
            for (RecordListing.Line line : lines) {
                csv.row(new ArrayList<>(line.fields().values()));
            }
            if (lines.size() < CSV_PAGE) {
                break;
            }
            lines = listing.page(page.from(lines.getLast().rowId()), forOperator);
        }
        csv.finish();
    }
}
