package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.platform.money.BudgetWindow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The rules of the database in memory, for one window: what {@link PostgresLedger} has to do too, {@link LedgerContractTest}. */
final class ModelLedger implements BudgetLedger {
    static final UUID BUDGET = UUID.fromString("00000000-0000-7000-8000-0000000000b0");
    static final WindowKey KEY = new WindowKey(BUDGET, BudgetClaim.NO_START);
    private static final long SILENCE = 60;

    final Map<UUID, Row> leases = new LinkedHashMap<>();
    long limit;
    long spent;
    long seconds;

    /** A row of {@code budget_leases}. */
    static final class Row {
        UUID node = new UUID(0, 0);
        long amount;
        long charged;
        boolean live = true;
        long renewedAt;

        long held() {
            return live ? Math.max(0, amount - charged) : 0;
        }
    }

    ModelLedger(long limit) {
        this.limit = limit;
    }

    private Row row(UUID lease) {
        return Objects.requireNonNull(leases.get(lease));
    }

    synchronized long leased() {
        return leases.values().stream().mapToLong(Row::held).sum();
    }

    /** @param node whose ledger it is */
    BudgetLedger of(UUID node) {
        return new BudgetLedger() {
            @Override
            public LeaseAnswer exchange(UUID budgetId, BudgetWindow window, LeaseAsk ask) {
                return ModelLedger.this.exchange(node, ask);
            }

            @Override
            public Set<UUID> renew(Collection<UUID> ids) {
                return ModelLedger.this.renew(ids);
            }

            @Override
            public void end(Collection<UUID> ids) {
                ModelLedger.this.end(ids);
            }

            @Override
            public void endEarlier(Instant before) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void expire() {
                ModelLedger.this.expire();
            }

            @Override
            public Spending spending(UUID budgetId, BudgetWindow window) {
                return ModelLedger.this.spending(budgetId, window);
            }

            @Override
            public Instant now() {
                return ModelLedger.this.now();
            }
        };
    }

    @Override
    public LeaseAnswer exchange(UUID budgetId, BudgetWindow window, LeaseAsk ask) {
        return exchange(new UUID(0, 1), ask);
    }

    synchronized LeaseAnswer exchange(UUID node, LeaseAsk ask) {
        Row row = leases.computeIfAbsent(ask.leaseId(), id -> new Row());
        row.node = node;
        if (!row.live) {
            return LeaseAnswer.of(LeaseAnswer.State.LOST);
        }
        long elsewhere = leased() - row.held();
        long most = limit - spent - elsewhere;
        long amount = Math.min(ask.committed(), row.charged + Math.max(row.held(), most));
        List<Boolean> granted = new ArrayList<>();
        for (long need : ask.needs()) {
            boolean fits = Math.max(0, amount + need - row.charged) <= most;
            amount += fits ? need : 0;
            granted.add(fits);
        }
        long room = Math.max(0, most - Math.max(0, amount - row.charged));
        if (ask.wantsSpare() && room >= 20 * ask.typical()) {
            amount += room / 20;
        }
        row.amount = amount;
        row.renewedAt = seconds;
        return new LeaseAnswer(LeaseAnswer.State.LIVE, amount, row.charged, granted, elsewhere);
    }

    @Override
    public synchronized Set<UUID> renew(Collection<UUID> ids) {
        Set<UUID> there = new HashSet<>();
        for (UUID id : ids) {
            Row row = leases.get(id);
            if (row != null && row.live) {
                row.renewedAt = seconds;
                there.add(id);
            }
        }
        return there;
    }

    @Override
    public synchronized void end(Collection<UUID> ids) {
        ids.forEach(id -> row(id).live = false);
    }

    @Override
    public void endEarlier(Instant before) {
        throw new UnsupportedOperationException();
    }

    synchronized void endAllOf(UUID node) {
        leases.values().stream().filter(row -> row.node.equals(node)).forEach(row -> row.live = false);
    }

    @Override
    public synchronized void expire() {
        leases.values().stream()
                .filter(row -> row.live && seconds - row.renewedAt > SILENCE)
                .forEach(row -> row.live = false);
    }

    @Override
    public synchronized Spending spending(UUID budgetId, BudgetWindow window) {
        return new Spending(spent, limit);
    }

    @Override
    public synchronized Instant now() {
        return Instant.EPOCH.plusSeconds(seconds);
    }

    /** As the shipper charges; by the rule itself. */
    synchronized List<Charged> ship(List<Debit> debits) {
        ChargedWindow window = new ChargedWindow(limit, Long.MAX_VALUE, spent, leased());
        Map<UUID, ChargedLease> live = new HashMap<>();
        leases.forEach((id, row) -> {
            if (row.live) {
                live.put(id, new ChargedLease(row.amount, row.charged));
            }
        });
        List<Charged> charged = new Charging(Map.of(KEY, window), live).charge(debits);
        spent += window.spentMore();
        live.forEach((id, lease) -> row(id).charged += lease.chargedMore());
        return charged;
    }
}
