package dev.jarvis.control.budget;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.money.BudgetPeriod;
import dev.jarvis.platform.money.BudgetUnit;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What an administrator sets of a budget. What it is for, its unit and its windows stay as they were made: what was spent
 * would mean something else.
 *
 * @param subject the team, user, caller key or model; empty: the whole organisation
 * @param amount of each window, in nano-units or tokens
 * @param timeZone an IANA name; where days, weeks and months begin
 * @param warnPercent of the limit, at which an event is raised
 */
record BudgetFields(
        String name,
        Scope scope,
        Optional<UUID> subject,
        String enforcement,
        BudgetUnit unit,
        long amount,
        BudgetPeriod period,
        String timeZone,
        OptionalInt warnPercent,
        String status) {
    static final List<String> STATUSES = List.of("enabled", "disabled");

    private static final List<String> ENFORCEMENTS = List.of("hard", "soft");
    private static final List<String> UNITS =
            Arrays.stream(BudgetUnit.values()).map(BudgetUnit::code).toList();
    private static final List<String> PERIODS =
            Arrays.stream(BudgetPeriod.values()).map(BudgetPeriod::code).toList();
    private static final int MAX_NAME = 100;

    /** A new budget's. */
    static BudgetFields ofNew(Fields in) {
        in.require("scope", "unit", "amount", "period");
        Scope scope = Scope.of(in.choice("scope", Scope.CODES, ""));
        Optional<UUID> subject = in.id("subject_id", Optional.empty());
        if (subject.isPresent() == (scope == Scope.ORGANISATION)) {
            throw scope == Scope.ORGANISATION
                    ? Refusal.badRequest(
                            "invalid_value", "A budget of the organisation has no 'subject_id'.", "subject_id")
                    : Refusal.badRequest(
                            "missing_parameter",
                            "'subject_id' is missing: the id of the " + scope.code() + ".",
                            "subject_id");
        }
        BudgetUnit unit = BudgetUnit.of(in.choice("unit", UNITS, ""));
        BudgetFields fields = new BudgetFields(
                in.line("name", MAX_NAME, ""),
                scope,
                subject,
                in.choice("enforcement", ENFORCEMENTS, "hard"),
                unit,
                BudgetAmount.read(in, "amount", unit),
                BudgetPeriod.of(in.choice("period", PERIODS, "")),
                timeZone(in, "UTC"),
                percent(in, OptionalInt.empty()),
                in.choice("status", STATUSES, "enabled"));
        in.refuseOthers();
        return fields;
    }

    /** A budget's after a change: what is absent stays. */
    static BudgetFields ofChanged(Fields in, BudgetFields before) {
        BudgetFields fields = new BudgetFields(
                in.line("name", MAX_NAME, before.name()),
                Scope.of(in.choice("scope", Scope.CODES, before.scope().code())),
                in.id("subject_id", before.subject()),
                in.choice("enforcement", ENFORCEMENTS, before.enforcement()),
                BudgetUnit.of(in.choice("unit", UNITS, before.unit().code())),
                in.has("amount") ? BudgetAmount.read(in, "amount", before.unit()) : before.amount(),
                BudgetPeriod.of(in.choice("period", PERIODS, before.period().code())),
                timeZone(in, before.timeZone()),
                percent(in, before.warnPercent()),
                in.choice("status", STATUSES, before.status()));
        in.refuseOthers();
        requireSame(fields.scope(), before.scope(), "scope");
        requireSame(fields.subject(), before.subject(), "subject_id");
        requireSame(fields.unit(), before.unit(), "unit");
        requireSame(fields.period(), before.period(), "period");
        requireSame(fields.timeZone(), before.timeZone(), "time_zone");
        return fields;
    }

    private static void requireSame(Object now, Object before, String name) {
        if (!now.equals(before)) {
            throw Refusal.badRequest(
                    "immutable_field",
                    "'" + name
                            + "' of a budget cannot be changed. Create another budget, and delete or disable this one.",
                    name);
        }
    }

    /** Only names of places: an offset knows no summer time. */
    private static String timeZone(Fields in, String otherwise) {
        Optional<String> name = in.string("time_zone", 64);
        if (name.isEmpty()) {
            return otherwise;
        }
        if (ZoneId.getAvailableZoneIds().contains(name.get())) {
            return name.get();
        }
        throw Refusal.badRequest(
                "invalid_value", "'time_zone' must be an IANA name like Asia/Shanghai or UTC.", "time_zone");
    }

    private static OptionalInt percent(Fields in, OptionalInt otherwise) {
        OptionalInt percent = in.positive("warn_percent", otherwise);
        if (percent.isPresent() && percent.getAsInt() > 100) {
            throw Refusal.badRequest("out_of_range", "'warn_percent' must be from 1 to 100.", "warn_percent");
        }
        return percent;
    }
}
