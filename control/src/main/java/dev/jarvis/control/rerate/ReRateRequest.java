package dev.jarvis.control.rerate;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Which records are to be charged by which price.
 *
 * @param model by its model_id
 * @param from inclusive, of when the attempts began
 * @param to exclusive
 * @param priceVersion that is right
 * @param ofVersion only records that were charged by this one
 * @param after goes on behind this record: where an earlier call stopped
 * @param limit the most records that one call looks at
 */
record ReRateRequest(
        String model,
        Instant from,
        Instant to,
        int priceVersion,
        OptionalLong ofVersion,
        String reason,
        boolean dryRun,
        Optional<UUID> after,
        int limit) {
    private static final int MOST = 100_000;
    private static final Duration LONGEST = Duration.ofDays(4_000);

    /** @throws Refusal 400 */
    static ReRateRequest read(Call call) {
        Fields fields = Fields.of(call).require("model", "from", "to", "price_version");
        Instant from = moment(fields, "from");
        Instant to = moment(fields, "to");
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Refusal.badRequest("invalid_range", "'to' must be after 'from', by at most 4000 days.", "to");
        }
        OptionalInt ofVersion = fields.positive("of_version", OptionalInt.empty());
        ReRateRequest request = new ReRateRequest(
                fields.line("model", 200, ""),
                from,
                to,
                fields.integer("price_version", 1, Integer.MAX_VALUE, 1),
                ofVersion.isPresent() ? OptionalLong.of(ofVersion.getAsInt()) : OptionalLong.empty(),
                fields.line("reason", 200, "re-rated"),
                fields.flag("dry_run", true),
                after(fields),
                fields.integer("limit", 1, MOST, MOST));
        fields.refuseOthers();
        return request;
    }

    private static Optional<UUID> after(Fields fields) {
        Optional<UUID> after = fields.id("after");
        if (after.isPresent() && after.get().version() != 7) {
            throw Refusal.badRequest(
                    "invalid_value", "'after' must be the 'continue_after' of an earlier answer.", "after");
        }
        return after;
    }

    private static Instant moment(Fields fields, String name) {
        return fields.instant(name, Optional.empty())
                .orElseThrow(() -> Refusal.badRequest("missing_parameter", "'" + name + "' is missing.", name));
    }
}
