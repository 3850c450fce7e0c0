package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.gateway.limit.Spent;
import dev.jarvis.platform.money.BudgetUnit;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes, a ledger and everything that can go wrong between them, one step at a time in one thread: answers that are lost,
 * nodes that die, freeze or are cut off, leases that expire, records that are shipped late, limits that are changed.
 */
class BudgetSimulationTest {
    private static final int SEEDS = 10_000;
    private static final int STEPS = 200;

    @Test
    void c17_noHistoryPassesAHardLimitOrLosesARecord() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            new World(seed).run();
        }
    }

    /** One history. */
    private static final class World {
        private final long seed;
        private final Random random;
        private final ModelLedger ledger;
        private final List<Node> nodes = new ArrayList<>();
        private long highestLimit;
        private long settledCost;
        private long shippedCost;
        private long paid;
        private final boolean isCalm;
        private boolean disturbed;

        World(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.ledger = new ModelLedger(random.nextLong(1, 20_000));
            this.highestLimit = ledger.limit;
            this.isCalm = random.nextInt(4) == 0;
            for (int i = 0; i <= random.nextInt(3); i++) {
                nodes.add(new Node());
            }
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                nodes.get(random.nextInt(nodes.size())).step();
                check("step " + step);
            }
            nodes.forEach(Node::calmDown);
            check("the end");
            assertThat(ledger.leased()).as("leased in the end, seed " + seed).isZero();
            assertThat(shippedCost).as("shipped, seed " + seed).isEqualTo(settledCost);
            assertThat(ledger.spent).as("charged, seed " + seed).isEqualTo(paid);
            if (isCalm && !disturbed) {
                assertThat(paid).as("what users pay of it, seed " + seed).isEqualTo(settledCost);
            }
        }

        private void check(String when) {
            if (ledger.spent + ledger.leased() > highestLimit || ledger.leased() < 0 || ledger.spent > highestLimit) {
                throw new AssertionError("seed " + seed + ", " + when + ": spent " + ledger.spent + " and leased "
                        + ledger.leased() + " of " + highestLimit);
            }
            // What every node could still charge without asking is covered by what the ledger set aside for it.
            for (Node node : nodes) {
                ModelLedger.Row row = ledger.leases.get(node.lease.id());
                if (row != null && row.live && !node.isOverdrawn && node.lease.isLive()) {
                    long mayStill = node.lease.settled() + node.lease.reserved() + Math.max(0, node.lease.available());
                    assertThat(mayStill).as("seed " + seed + ", " + when).isLessThanOrEqualTo(row.amount);
                }
            }
        }

        /** One gateway: a lease, requests in flight, a journal that outlives it. */
        private final class Node {
            private final UUID id = UUID.randomUUID();
            private final List<Request> running = new ArrayList<>();
            private final List<Debit> journal = new ArrayList<>();
            private Lease lease = new Lease(UUID.randomUUID());
            private boolean isOverdrawn;

            private record Request(Lease lease, long amount) {}

            void step() {
                switch (random.nextInt(14)) {
                    case 0, 1, 2, 3 -> admit();
                    case 4, 5, 6 -> settle();
                    case 7, 8 -> ship();
                    case 9 -> renew();
                    case 10 -> ask(List.of(), random.nextBoolean());
                    case 11 -> ledger.seconds += random.nextInt(30);
                    case 12 -> calamity();
                    default -> ledger.expire();
                }
            }

            private void admit() {
                long amount = random.nextInt(1, 2_000);
                if (lease.reserve(amount, nanos())) {
                    running.add(new Request(lease, amount));
                    return;
                }
                List<Long> needs = new ArrayList<>(List.of(amount));
                while (random.nextInt(3) == 0) {
                    needs.add((long) random.nextInt(1, 500));
                }
                ask(needs, random.nextBoolean());
            }

            /** The question or the answer may be lost; a question without waiters may run beside reservations. */
            private void ask(List<Long> needs, boolean spare) {
                LeaseAsk ask = needs.isEmpty() && spare ? lease.askAhead(100) : lease.ask(needs, 100, spare);
                if (random.nextInt(20) == 0) {
                    lease.unanswered(ask);
                    return;
                }
                long began = nanos();
                meanwhile();
                LeaseAnswer answer = ledger.exchange(id, ask);
                meanwhile();
                if (random.nextInt(20) == 0) {
                    lease.unanswered(ask);
                    return;
                }
                lease.answered(ask, answer, began);
                if (lease.isLost()) {
                    another();
                    return;
                }
                for (int i = 0; i < needs.size(); i++) {
                    if (answer.granted().get(i)) {
                        running.add(new Request(lease, needs.get(i)));
                    }
                }
            }

            /** Requests come and go while a question is under way. */
            private void meanwhile() {
                long amount = random.nextInt(1, 500);
                if (random.nextInt(3) == 0 && lease.reserve(amount, nanos())) {
                    running.add(new Request(lease, amount));
                }
                if (random.nextInt(3) == 0) {
                    settle();
                }
            }

            private void another() {
                disturbed = true;
                lease = new Lease(UUID.randomUUID());
                isOverdrawn = false;
            }

            private void settle() {
                if (running.isEmpty()) {
                    return;
                }
                Request request = running.remove(random.nextInt(running.size()));
                boolean surprise = !isCalm && random.nextInt(40) == 0;
                disturbed |= surprise;
                long actual = surprise
                        ? request.amount() + random.nextInt(1, 1_000)
                        : random.nextLong(0, request.amount() + 1);
                end(request, actual);
                isOverdrawn |= surprise && request.lease() == lease;
            }

            private void end(Request request, long actual) {
                request.lease().settle(request.amount(), actual);
                journal.add(new Debit(
                        UUID.randomUUID(),
                        List.of(new BudgetClaim(
                                ModelLedger.BUDGET,
                                BudgetClaim.NO_START,
                                request.lease().id(),
                                BudgetUnit.USD,
                                BudgetClaim.SAME)),
                        new Spent(actual, 0)));
                settledCost += actual;
            }

            private void ship() {
                int count = journal.isEmpty() ? 0 : random.nextInt(journal.size() + 1);
                shipAll(new ArrayList<>(journal.subList(0, count)));
                journal.subList(0, count).clear();
            }

            private void shipAll(List<Debit> batch) {
                for (Charged charged : ledger.ship(batch)) {
                    paid += charged.userCostNano();
                    assertThat(charged.charges().getFirst().amount()).isEqualTo(charged.userCostNano());
                }
                batch.forEach(debit -> shippedCost += debit.spent().userCostNano());
            }

            private void renew() {
                if (lease.isLive()) {
                    long began = nanos();
                    boolean there = ledger.renew(Set.of(lease.id())).contains(lease.id());
                    if (random.nextInt(10) > 0) {
                        lease.renewed(there, began);
                        if (lease.isLost()) {
                            another();
                        }
                    }
                }
            }

            private void calamity() {
                if (isCalm) {
                    return;
                }
                switch (random.nextInt(3)) {
                    case 0 -> { // kill -9, and a new life: what ran is charged its low bound, old leases are ended
                        for (Request request : running) {
                            end(request, request.amount() / 3);
                        }
                        running.clear();
                        shipAll(new ArrayList<>(journal));
                        journal.clear();
                        ledger.endAllOf(id);
                        another();
                    }
                    case 1 -> { // frozen, or cut off, until others have its lease
                        ledger.seconds += 61;
                        ledger.expire();
                    }
                    default -> {
                        ledger.limit = random.nextLong(1, 20_000);
                        highestLimit = Math.max(highestLimit, Math.max(ledger.limit, ledger.spent + ledger.leased()));
                    }
                }
            }

            private long nanos() {
                return ledger.seconds * 1_000_000_000L;
            }

            void calmDown() {
                while (!running.isEmpty()) {
                    Request request = running.removeFirst();
                    end(request, request.amount() / 2);
                }
                shipAll(new ArrayList<>(journal));
                journal.clear();
                ledger.endAllOf(id);
            }
        }
    }
}
