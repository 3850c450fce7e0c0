package dev.jarvis.control.rerate;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Charges the records of a model again by another version of its price. A record whose charge was wrong gets a row that
 * supersedes it; rollups and budgets follow by the difference. Pages of records are corrected in transactions of their own: a
 * call that was broken off is simply made again, because what is right already is left alone.
 */
final class ReRating {
    private static final int PAGE = 500;
    private static final String INVALID_PARAMETER = "22023";

    private final Jdbi jdbi;
    private final Audit audit;

    ReRating(Jdbi jdbi, Audit audit) {
        this.jdbi = jdbi;
        this.audit = audit;
    }

    private record Run(Call call, ReRateRequest request, Priced priced, String batch, Tally tally) {}

    ReRateResult run(Call call, ReRateRequest request) {
        Priced priced = jdbi.inTransaction(handle -> Priced.find(handle, request));
        Run run = new Run(call, request, priced, "re-rate " + Uuid7.next(), new Tally());
        RecordTable.Cursor cursor = request.after()
                .map(after -> new RecordTable.Cursor(Uuid7.day(after), after))
                .orElseGet(() -> RecordTable.Cursor.before(LocalDate.ofInstant(request.from(), ZoneOffset.UTC)));
        long records = 0;
        boolean more = true;
        while (more && records < request.limit()) {
            int limit = (int) Math.min(PAGE, request.limit() - records);
            List<RatedRecord> page = page(run, cursor, limit);
            records += page.size();
            more = page.size() == limit;
            if (!page.isEmpty()) {
                RatedRecord last = page.getLast();
                cursor = new RecordTable.Cursor(last.day(), last.attempt());
            }
        }
        return new ReRateResult(
                request.dryRun(),
                request.model(),
                priced.version(),
                records,
                run.tally().changed(),
                more ? Optional.of(cursor.attempt()) : Optional.empty(),
                run.tally().totals(),
                run.tally().byUser());
    }

    private List<RatedRecord> page(Run run, RecordTable.Cursor after, int limit) {
        try {
            return jdbi.inTransaction(handle -> page(handle, run, after, limit));
        } catch (JdbiException e) {
            if (e.getCause() instanceof SQLException sql && INVALID_PARAMETER.equals(sql.getSQLState())) {
                throw Refusal.conflict(
                        "not_correctable",
                        "A budget that was charged is in another currency, and no exchange rate of that time is set."
                                + " Set it with PUT /api/v1/exchange-rates and repeat the call.",
                        null);
            }
            throw e;
        }
    }

    private List<RatedRecord> page(Handle handle, Run run, RecordTable.Cursor after, int limit) {
        List<RatedRecord> records =
                RecordTable.page(handle, run.request(), run.priced().deployment(), after, limit);
        Map<UUID, RatedRecord.Rating> ratings = new TreeMap<>();
        for (RatedRecord record : records) {
            RatedRecord.Rating rating = run.priced().rate(record);
            if (!record.says(rating)) {
                ratings.put(record.attempt(), rating);
            }
        }
        if (!run.request().dryRun() && !ratings.isEmpty()) {
            RecordTable.correct(handle, ratings, run.request().reason(), run.batch());
            record(handle, run, ratings.size());
        }
        for (RatedRecord record : records) {
            Optional.ofNullable(ratings.get(record.attempt()))
                    .ifPresent(rating -> run.tally().add(record, rating));
        }
        return records;
    }

    private record Corrected(String batch, String model, long priceVersion, int records) {}

    private void record(Handle handle, Run run, int corrected) {
        audit.record(
                handle,
                run.call(),
                "usage.re_rate",
                Target.of("model", run.priced().deployment()),
                null,
                new Corrected(run.batch(), run.request().model(), run.priced().version(), corrected));
    }
}
