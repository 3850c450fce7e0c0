package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.gateway.limit.Decision;
import dev.jarvis.gateway.limit.Demand;
import dev.jarvis.gateway.limit.Limits;
import dev.jarvis.gateway.limit.Reservation;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.notice.Notices;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import org.jdbi.v3.core.Jdbi;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sets aside what a request can cost at most in every budget that binds it: organisation, team, user, caller key, model.
 * Hard budgets are reserved for the ceiling and never passed; soft ones stop admitting when what is spent reaches their
 * limit. What does not fit by its bytes is counted, and where the request does not limit its answer, a shorter one is tried.
 * Where no budget binds it costs one look at a snapshot.
 */
public final class BudgetLimits implements Limits, AutoCloseable {
    private final LiveBudgets budgets;
    private final Purses purses;
    private final Upkeep upkeep;
    private final LedgerClock clock;
    private final BudgetMetrics metrics;
    private final LongSupplier nanos;
    private final Executor blocking;

    BudgetLimits(
            LiveBudgets budgets,
            Purses purses,
            Upkeep upkeep,
            LedgerClock clock,
            BudgetMetrics metrics,
            LongSupplier nanos,
            Executor blocking) {
        this.budgets = budgets;
        this.purses = purses;
        this.upkeep = upkeep;
        this.clock = clock;
        this.metrics = metrics;
        this.nanos = nanos;
        this.blocking = blocking;
    }

    /**
     * Starts loading in the background.
     *
     * @param blocking runs what waits for the database
     * @param recovered completes when what an earlier life of this node settled is in the database
     */
    public static BudgetLimits start(
            Jdbi jdbi, UUID node, Notices notices, MeterRegistry registry, Executor blocking, Future<Void> recovered) {
        LongSupplier nanos = System::nanoTime;
        LedgerClock clock = new LedgerClock();
        PostgresLedger ledger = new PostgresLedger(jdbi, node, clock, nanos);
        Purses purses = new Purses(ledger, blocking, nanos);
        Upkeep upkeep = new Upkeep(purses, ledger, clock, nanos);
        BudgetMetrics metrics = new BudgetMetrics(registry);
        metrics.watch(purses);
        recovered.onSuccess(done -> upkeep.earlierIsShipped());
        BudgetTable table = new BudgetTable(jdbi);
        LiveBudgets budgets = new LiveBudgets(table::load, ledger::now, purses, upkeep, notices);
        return new BudgetLimits(budgets, purses, upkeep, clock, metrics, nanos, blocking);
    }

    @Override
    public boolean isLoaded() {
        return budgets.isLoaded();
    }

    @Override
    public void reserve(Demand demand, Context loop, Consumer<Decision> then) {
        Optional<BudgetSnapshot> snapshot = budgets.now();
        if (snapshot.isEmpty()) {
            metrics.unavailable();
            then.accept(new Decision.Refused(BudgetRefusals.unavailable()));
            return;
        }
        List<Budget> binding = snapshot.get().binding(demand);
        if (binding.isEmpty()) {
            then.accept(new Decision.Reserved(Reservation.NONE));
            return;
        }
        claim(new Request(demand, binding, snapshot.get(), loop, then), Estimate.of(demand));
    }

    private record Request(
            Demand demand, List<Budget> binding, BudgetSnapshot snapshot, Context loop, Consumer<Decision> then) {}

    private void claim(Request request, Estimate estimate) {
        Claiming claiming;
        try {
            claiming = claiming(request, estimate);
        } catch (Refusal refusal) {
            request.then().accept(new Decision.Refused(refusal));
            return;
        }
        claiming.run();
    }

    /** What else may fit where a ceiling does not: the input counted, then a shorter answer. */
    private Optional<Runnable> otherwise(Request request, Estimate estimate) {
        if (!estimate.isCounted()) {
            return Optional.of(() -> blocking.execute(() -> {
                Estimate counted = estimate.counted();
                request.loop().runOnContext(turn -> claim(request, counted));
            }));
        }
        return estimate.shorter().map(shorter -> () -> claim(request, shorter));
    }

    private Claiming claiming(Request request, Estimate estimate) {
        Instant at = clock.at(nanos.getAsLong());
        Demand demand = request.demand();
        List<Claiming.Part> parts = new ArrayList<>(request.binding().size());
        boolean capped = false;
        for (Budget budget : request.binding()) {
            long rate = BudgetClaim.SAME;
            if (budget.unit().isMoney()) {
                Optional<Price> price = price(demand, budget);
                if (price.isEmpty() || price.get().isFree()) {
                    continue; // nothing will be charged
                }
                rate = Estimate.rate(
                        price.get(), budget.unit(), request.snapshot().rates(), at);
            }
            if (budget.isHard() && estimate.cap().isEmpty()) {
                throw BudgetRefusals.noCap();
            }
            capped |= budget.isHard();
            parts.add(new Claiming.Part(budget, budget.windows().at(at), amount(budget, estimate, demand, rate), rate));
        }
        OptionalLong cap = capped && demand.outputCap().isEmpty() ? estimate.cap() : OptionalLong.empty();
        return new Claiming(
                parts,
                purses,
                request.loop(),
                cap,
                metrics,
                request.then(),
                capped ? otherwise(request, estimate) : Optional.empty());
    }

    /** Empty where the model has none and the budget does not mind. */
    private static Optional<Price> price(Demand demand, Budget budget) {
        Optional<Price> price = demand.model().price();
        if (price.isEmpty() && budget.isHard()) {
            throw BudgetRefusals.notPriced(demand.model().modelId());
        }
        return price;
    }

    private static long amount(Budget budget, Estimate estimate, Demand demand, long rate) {
        if (!budget.isHard()) {
            return 0;
        }
        return budget.unit().isMoney() ? estimate.money(demand.model().price().orElseThrow(), rate) : estimate.tokens();
    }

    /** What is otherwise done once a second. Blocking. */
    void lookAfter() {
        upkeep.renewNow();
    }

    /** Stops as a killed process does: leases stay as they are. */
    void stopWithoutAWord() {
        budgets.close();
        upkeep.close();
    }

    /** What lies idle goes back; what is reserved is charged when its records are shipped. */
    @Override
    public void close() {
        stopWithoutAWord();
        purses.giveBack(Optional.empty());
    }
}
