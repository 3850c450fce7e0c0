package dev.jarvis.control.audit;

import dev.jarvis.control.request.Fields;
import dev.jarvis.control.request.PageRequest;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuids;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which records are wanted, from the query.
 *
 * @param actor a user's name, or its id as text
 * @param target the id of what was acted on, or its type
 * @param from inclusive
 * @param to exclusive
 * @param before only records older than this one: where the page before ended
 */
record AuditFilter(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String target,
        @Nullable String outcome,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable UUID before,
        int pageSize) {
    private static final int DEFAULT_SIZE = 50;

    /** The start of the year 10000. */
    private static final long END_OF_TIME = 253_402_300_800L;

    static AuditFilter of(Call call) {
        Instant from = instant(call, "from");
        Instant to = instant(call, "to");
        if (from != null && to != null && !from.isBefore(to)) {
            throw Refusal.badRequest("invalid_range", "'from' must be before 'to'.", "from");
        }
        return new AuditFilter(
                text(call, "actor"),
                text(call, "action"),
                text(call, "target"),
                call.queryParameter("outcome")
                        .map(outcome -> Fields.oneOf(outcome, "outcome", List.of("done", "refused", "failed")))
                        .orElse(null),
                from,
                to,
                before(call),
                PageRequest.number(call, "page_size", DEFAULT_SIZE, PageRequest.MAX_SIZE));
    }

    private static @Nullable String text(Call call, String name) {
        return call.queryParameter(name)
                .map(value -> Fields.search(value, name))
                .orElse(null);
    }

    private static @Nullable UUID before(Call call) {
        Optional<String> id = call.queryParameter("before");
        return id.isEmpty()
                ? null
                : Uuids.canonical(id.get())
                        .orElseThrow(() ->
                                Refusal.badRequest("invalid_parameter", "'before' is not a record's id.", "before"));
    }

    private static @Nullable Instant instant(Call call, String name) {
        Optional<String> text = call.queryParameter(name);
        try {
            Instant instant =
                    text.isEmpty() ? null : OffsetDateTime.parse(text.get()).toInstant();
            if (instant == null || (instant.getEpochSecond() >= 0 && instant.getEpochSecond() < END_OF_TIME)) {
                return instant;
            }
        } catch (DateTimeParseException e) {
            // Refused below, like one out of range.
        }
        throw Refusal.badRequest("invalid_range", "'" + name + "' must be a time like 2026-01-31T00:00:00Z.", name);
    }
}
