package dev.jarvis.control.record;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.json.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a person may correct of a record: how much of its cost the user pays. What it cost follows from tokens and prices, and
 * is corrected where those are.
 */
final class Corrections {
    private static final int NANO_SCALE = 9;
    private static final int LONGEST_REASON = 200;

    private static final String CORRECT =
            "SELECT correct_usage(:id, CAST(:changes AS jsonb), :reason, CAST(:batch AS text))";

    private final Jdbi jdbi;
    private final Audit audit;

    Corrections(Jdbi jdbi, Audit audit) {
        this.jdbi = jdbi;
        this.audit = audit;
    }

    /** The record as it is now. Sent again with the same request id, it changes nothing. */
    Map<String, @Nullable Object> correct(Call call) {
        Fields in = Fields.of(call).require("reason", "user_cost");
        String reason = in.line("reason", LONGEST_REASON, "");
        BigDecimal userCost = in.decimal("user_cost", Optional.empty()).orElse(BigDecimal.ONE.negate());
        in.refuseOthers();
        UUID id = PathIds.read(call, "record");
        return jdbi.inTransaction(handle -> {
            List<RecordDetail.Row> before = RecordListing.chain(handle, id, true);
            if (before.isEmpty()) {
                throw PathIds.notFound("record");
            }
            long nano = nano(userCost, before.getFirst());
            apply(handle, id, Map.of("user_cost_nano", nano), reason, call.requestId());
            List<RecordDetail.Row> after = RecordListing.chain(handle, id, true);
            audit.record(
                    handle,
                    call,
                    "usage.correct",
                    Target.of("record", after.getLast().rowId()),
                    before.getFirst().fields(),
                    after.getFirst().fields());
            return RecordDetail.of(after, true);
        });
    }

    private static void apply(Handle handle, UUID id, Map<String, Long> changes, String reason, String batch) {
        handle.createQuery(CORRECT)
                .bind("id", id)
                .bind("changes", Json.MAPPER.writeValueAsString(changes))
                .bind("reason", reason)
                .bind("batch", batch)
                .mapTo(UUID.class)
                .one();
    }

    private static long nano(BigDecimal userCost, RecordDetail.Row record) {
        BigDecimal nano = userCost.movePointRight(NANO_SCALE);
        if (userCost.signum() < 0 || nano.compareTo(BigDecimal.valueOf(record.costNano())) > 0) {
            throw Refusal.badRequest(
                    "out_of_range",
                    "'user_cost' must be from 0 to what the call cost, "
                            + Column.decimal(BigDecimal.valueOf(record.costNano())) + ".",
                    "user_cost");
        }
        if (nano.stripTrailingZeros().scale() > 0) {
            throw Refusal.badRequest("out_of_range", "'user_cost' has more than nine decimal places.", "user_cost");
        }
        return nano.longValueExact();
    }
}
