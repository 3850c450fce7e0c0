package dev.jarvis.control.budget;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.input.ExpectedVersion;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * What administrators do with budgets. Each change is one transaction with its audit record; the gateways hear of it by the
 * tables' notices at commit. A limit may be set below what is spent: then nothing more is admitted in this window.
 */
public final class Budgets {
    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;

    /** @param clock says which window is the current one */
    public Budgets(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
    }

    Page<BudgetView> list(BudgetListing.Filter filter, PageRequest page) {
        return jdbi.inTransaction(handle -> BudgetListing.list(handle, filter, page, clock.instant()));
    }

    List<BudgetView> binding(Identity caller) {
        return jdbi.inTransaction(handle -> BudgetListing.binding(handle, caller, clock.instant()));
    }

    BudgetView find(UUID id) {
        return jdbi.inTransaction(handle -> view(handle, id));
    }

    BudgetView create(Call call) {
        BudgetFields fields = BudgetFields.ofNew(Fields.of(call));
        UUID id = Uuid7.next();
        return jdbi.inTransaction(handle -> {
            fields.subject().ifPresent(subject -> requireSubject(handle, fields.scope(), subject));
            BudgetTable.insert(handle, id, fields);
            BudgetView created = view(handle, id);
            audit.record(handle, call, "budget.create", Target.of("budget", id), null, created);
            return created;
        });
    }

    BudgetView change(Call call, UUID id) {
        Fields in = Fields.of(call);
        ExpectedVersion expected = ExpectedVersion.of(call);
        return jdbi.inTransaction(handle -> {
            BudgetRow row = lock(handle, id);
            expected.require(row.version(), "budget");
            BudgetView before = view(handle, id);
            BudgetTable.update(handle, id, BudgetFields.ofChanged(in, row.fields()));
            BudgetView after = view(handle, id);
            audit.record(handle, call, "budget.update", Target.of("budget", id), before, after);
            return after;
        });
    }

    void delete(Call call, UUID id) {
        ExpectedVersion expected = ExpectedVersion.of(call);
        jdbi.useTransaction(handle -> {
            expected.require(lock(handle, id).version(), "budget");
            BudgetView before = view(handle, id);
            BudgetTable.delete(handle, id);
            audit.record(handle, call, "budget.delete", Target.of("budget", id), before, null);
        });
    }

    /** Adds to the current window only. It is a new version: sent again with the same If-Match it adds nothing. */
    BudgetView topUp(Call call, UUID id) {
        Fields in = Fields.of(call).require("amount");
        ExpectedVersion expected = ExpectedVersion.of(call);
        return jdbi.inTransaction(handle -> {
            BudgetRow row = lock(handle, id);
            expected.require(row.version(), "budget");
            long extra = BudgetAmount.read(in, "amount", row.unit());
            in.refuseOthers();
            if (extra == 0) {
                throw BudgetAmount.invalid("amount", "a top-up is more than nothing");
            }
            BudgetView before = view(handle, id);
            long most = BudgetAmount.MOST - row.fields().amount();
            if (BudgetTable.topUp(handle, id, row.windowAt(clock.instant()), extra, most)
                    .isEmpty()) {
                throw BudgetAmount.invalid("amount", "the window's limit would be too high");
            }
            BudgetView after = view(handle, id);
            audit.record(handle, call, "budget.top_up", Target.of("budget", id), before, after);
            return after;
        });
    }

    private BudgetView view(Handle handle, UUID id) {
        return BudgetListing.find(handle, id, clock.instant()).orElseThrow(Budgets::unknown);
    }

    private static BudgetRow lock(Handle handle, UUID id) {
        return BudgetTable.lock(handle, id).orElseThrow(Budgets::unknown);
    }

    private static void requireSubject(Handle handle, Scope scope, UUID subject) {
        if (!BudgetTable.hasSubject(handle, scope, subject)) {
            throw Refusal.badRequest(
                    "unknown_subject", "There is no " + scope.code() + " with this 'subject_id'.", "subject_id");
        }
    }

    private static Refusal unknown() {
        return PathIds.notFound("budget");
    }
}
