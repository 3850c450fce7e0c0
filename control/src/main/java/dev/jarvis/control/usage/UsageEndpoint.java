package dev.jarvis.control.usage;

import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.List;

/**
 * {@code GET /api/v1/llm/usage}: the caller's own usage, at what it pays. {@code GET /api/v1/usage}: everyone's, for
 * administrators, also at what the providers charge. Groups without usage are not listed.
 */
public final class UsageEndpoint {
    private static final int MOST_GROUPS = 20_000;

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
        TimeBuckets buckets = question.buckets();
        List<UsageGroup> groups =
                jdbi.withHandle(handle -> UsageListing.read(handle, question, buckets, MOST_GROUPS + 1));
        if (groups.size() > MOST_GROUPS) {
            throw Refusal.badRequest(
                    "invalid_range",
                    "The report has more than " + MOST_GROUPS + " lines. Shorten the range or group by less.",
                    "from");
        }
        return Reply.ok(UsageReport.of(question, buckets, groups, forOperator));
    }
}
