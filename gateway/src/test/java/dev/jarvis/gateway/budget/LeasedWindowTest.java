package dev.jarvis.gateway.budget;

import dev.jarvis.platform.money.BudgetWindow;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** Many threads on one purse. */
class LeasedWindowTest {
    private static final long LIMIT = 100_000;

    @Test
    void b4_noInterleavingHandsOutMoreThanTheLimitOrLosesAnAnswer() throws Exception {
        ModelLedger ledger = new ModelLedger(LIMIT);
        AtomicLong out = new AtomicLong();
        AtomicLong highest = new AtomicLong();
        AtomicInteger answers = new AtomicInteger();
        int threads = 8;
        int requests = 1_000;
        try (ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
                ExecutorService callers = Executors.newFixedThreadPool(threads)) {
            List<LeasedWindow> nodes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                nodes.add(new LeasedWindow(
                        ModelLedger.BUDGET,
                        BudgetWindow.ALWAYS,
                        ledger.of(UUID.randomUUID()),
                        blocking,
                        System::nanoTime));
            }
            List<Future<?>> running = new ArrayList<>();
            CountDownLatch answered = new CountDownLatch(threads * requests);
            for (int t = 0; t < threads; t++) {
                Random random = new Random(t);
                running.add(callers.submit(() -> {
                    Deque<Hold> held = new ArrayDeque<>();
                    for (int i = 0; i < requests; i++) {
                        long amount = random.nextLong(1, 2_000);
                        LeasedWindow node = nodes.get(random.nextInt(nodes.size()));
                        Hold now = node.tryHold(amount);
                        if (now != null) {
                            took(out, highest, now);
                            synchronized (held) {
                                held.add(now);
                            }
                            answers.incrementAndGet();
                            answered.countDown();
                        } else {
                            node.hold(amount, outcome -> {
                                if (outcome instanceof HoldOutcome.Held(Hold hold)) {
                                    took(out, highest, hold);
                                    synchronized (held) {
                                        held.add(hold);
                                    }
                                }
                                answers.incrementAndGet();
                                answered.countDown();
                            });
                        }
                        if (random.nextInt(100) == 0) {
                            node.giveBack();
                        }
                        end(held, out, random.nextInt(4));
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(answers).hasValue(threads * requests);
        assertThat(highest.get()).isLessThanOrEqualTo(LIMIT);
        assertThat(ledger.leased()).isLessThanOrEqualTo(LIMIT);
    }

    private static void took(AtomicLong out, AtomicLong highest, Hold hold) {
        highest.accumulateAndGet(out.addAndGet(hold.amount()), Math::max);
    }

    /** Free for the count a moment before it is free for others. */
    private static void end(Deque<Hold> held, AtomicLong out, int most) {
        for (int i = 0; i < most; i++) {
            Hold hold;
            synchronized (held) {
                hold = held.poll();
            }
            if (hold == null) {
                return;
            }
            out.addAndGet(-hold.amount());
            hold.settle(0);
        }
    }
}
