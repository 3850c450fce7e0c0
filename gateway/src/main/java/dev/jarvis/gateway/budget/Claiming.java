package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.gateway.limit.Decision;
import dev.jarvis.platform.money.BudgetWindow;
import io.vertx.core.Context;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Takes a request's holds one after the other, all or nothing. Belongs to the request's event loop. */
final class Claiming {
    private final List<Part> parts;
    private final Purses purses;
    private final Context loop;
    private final OptionalLong cap;
    private final BudgetMetrics metrics;
    private final Consumer<Decision> then;
    private final Optional<Runnable> otherwise;
    private final List<Hold> holds;
    private final List<BudgetClaim> claims;
    private int next;

    /**
     * @param cap to be written into the request
     * @param otherwise what to do instead of a refusal because something is not covered
     */
    Claiming(
            List<Part> parts,
            Purses purses,
            Context loop,
            OptionalLong cap,
            BudgetMetrics metrics,
            Consumer<Decision> then,
            Optional<Runnable> otherwise) {
        this.parts = parts;
        this.purses = purses;
        this.loop = loop;
        this.cap = cap;
        this.metrics = metrics;
        this.then = then;
        this.otherwise = otherwise;
        this.holds = new ArrayList<>(parts.size());
        this.claims = new ArrayList<>(parts.size());
    }

    void run() {
        while (next < parts.size()) {
            Part part = parts.get(next);
            Purse purse = purses.of(part.budget(), part.window());
            Hold hold = purse.tryHold(part.amount());
            if (hold != null) {
                take(part, hold);
            } else if (purse.hold(part.amount(), outcome -> loop.runOnContext(ignored -> heard(part, outcome)))) {
                return;
            }
        }
        then.accept(new Decision.Reserved(new BudgetReservation(holds, claims, cap)));
    }

    private void take(Part part, Hold hold) {
        holds.add(hold);
        claims.add(new BudgetClaim(
                part.budget().id(),
                WindowKey.startOf(part.window()),
                hold.leaseId(),
                part.budget().unit(),
                part.rateNano()));
        next++;
    }

    private void heard(Part part, HoldOutcome outcome) {
        switch (outcome) {
            case HoldOutcome.Held(Hold hold) -> {
                take(part, hold);
                run();
            }
            case HoldOutcome.Gone() -> {
                next++;
                run();
            }
            case HoldOutcome.Refused()
            when otherwise.isPresent() -> {
                giveBack();
                otherwise.get().run();
            }
            case HoldOutcome.Refused() -> {
                metrics.refused(part.budget().scope());
                refuse(new Decision.Refused(BudgetRefusals.exceeded(part.budget(), part.window())));
            }
            case HoldOutcome.Unavailable() -> {
                metrics.unavailable();
                refuse(new Decision.Refused(BudgetRefusals.unavailable()));
            }
        }
    }

    private void refuse(Decision refusal) {
        giveBack();
        then.accept(refusal);
    }

    private void giveBack() {
        holds.forEach(hold -> hold.settle(0));
    }

    /** What is to be taken from one window. */
    record Part(Budget budget, BudgetWindow window, long amount, long rateNano) {}
}
