package dev.jarvis.gateway.rate;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

class LocalRatesTest {
    private static final long U = RateLimit.UNLIMITED;

    private final AtomicLong now = new AtomicLong(1_000_000_123);
    private Share share = Share.WHOLE;
    private final LocalRates rates = new LocalRates(now::get, () -> share);
    private final RateSubject user = new RateSubject(RateScope.USER, new UUID(1, 1));
    private final RateSubject key = new RateSubject(RateScope.CALLER_KEY, new UUID(1, 2));

    private static RateClaim claim(RateSubject subject, long requests, long tokens, long concurrent) {
        return new RateClaim(subject, new RateLimit(requests, tokens, concurrent));
    }

    private RateAnswer ask(long tokens, RateClaim... claims) {
        return rates.decide(List.of(claims), tokens, false, false);
    }

    private boolean admits(long tokens, RateClaim... claims) {
        return ask(tokens, claims) instanceof RateAnswer.Granted granted && ended(granted);
    }

    private static boolean ended(RateAnswer.Granted granted) {
        granted.grant().end(0);
        return true;
    }

    private Shortage shortage(long tokens, RateClaim... claims) {
        return ((RateAnswer.Refused) ask(tokens, claims)).shortage();
    }

    @Test
    void b16_noWindowOfSixtySecondsHoldsMoreThanTheLimit() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Deque<Long> admitted = new ArrayDeque<>();
        for (int i = 0; i < 50_000; i++) {
            now.addAndGet(random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(300));
            while (!admitted.isEmpty() && admitted.getFirst() <= now.get() - 60_000) {
                admitted.removeFirst();
            }
            if (admits(0, claim(user, 20, U, U))) {
                admitted.addLast(now.get());
            }
            assertThat(admitted.size()).as("seed %d, request %d", seed, i).isLessThanOrEqualTo(20);
        }
    }

    @Test
    void b16_twiceTheLimitAcrossABoundaryAdmitsTheLimit() {
        now.set(59_990);
        int before = 0;
        int after = 0;
        for (int i = 0; i < 100; i++) {
            before += admits(0, claim(user, 100, U, U)) ? 1 : 0;
        }
        now.set(60_010);
        for (int i = 0; i < 100; i++) {
            after += admits(0, claim(user, 100, U, U)) ? 1 : 0;
        }
        assertThat(before + after).isEqualTo(100);
    }

    @Test
    void theStatedWaitIsEnoughAndAtMostAMinute() {
        assertThat(admits(0, claim(user, 1, U, U))).isTrue();
        now.addAndGet(7_300);
        Shortage shortage = shortage(0, claim(user, 1, U, U));

        assertThat(shortage.kind()).isEqualTo(Shortage.Kind.REQUESTS);
        assertThat(shortage.waitMillis()).isEqualTo(52_700);
        now.addAndGet(shortage.waitMillis() - 1);
        assertThat(admits(0, claim(user, 1, U, U))).isFalse();
        now.addAndGet(1);
        assertThat(admits(0, claim(user, 1, U, U))).isTrue();
    }

    @Test
    void whatOneLimitRefusesIsTakenFromNone() {
        assertThat(admits(0, claim(user, 5, U, U), claim(key, 1, U, U))).isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(admits(0, claim(user, 5, U, U), claim(key, 1, U, U))).isFalse();
        }
        Standing standing =
                ((RateAnswer.Granted) ask(0, claim(user, 5, U, U))).standings().getFirst();
        assertThat(standing.requests()).isEqualTo(2);
    }

    @Test
    void tokensArePutRightWhereTheyWereCounted() {
        RateAnswer.Granted large = (RateAnswer.Granted) ask(900, claim(user, U, 1000, U));
        now.addAndGet(10_000);
        assertThat(shortage(200, claim(user, U, 1000, U)).waitMillis()).isEqualTo(50_000);

        large.grant().end(100);
        large.grant().end(0); // only the first counts
        assertThat(ask(900, claim(user, U, 1000, U))).isInstanceOf(RateAnswer.Granted.class);
        assertThat(ask(1, claim(user, U, 1000, U))).isInstanceOf(RateAnswer.Refused.class);
        now.addAndGet(50_000);
        assertThat(ask(100, claim(user, U, 1000, U))).isInstanceOf(RateAnswer.Granted.class);
        assertThat(ask(1, claim(user, U, 1000, U))).isInstanceOf(RateAnswer.Refused.class);
    }

    @Test
    void aRequestThatNeverFitsIsToldSo() {
        assertThat(shortage(1001, claim(user, U, 1000, U)).kind()).isEqualTo(Shortage.Kind.TOO_LARGE);
    }

    @Test
    void b18_afterTenThousandRandomEndsNothingRunsAndNothingIsLimited() throws Exception {
        RateClaim five = claim(user, U, U, 5);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int t = 0; t < 8; t++) {
                Random random = new Random(t);
                threads.submit(() -> {
                    for (int i = 0; i < 1_250; i++) {
                        if (ask(1, five) instanceof RateAnswer.Granted granted) {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            running.decrementAndGet();
                            int ends = 1 + random.nextInt(3);
                            for (int end = 0; end < ends; end++) {
                                granted.grant().end(random.nextInt(100));
                            }
                        }
                    }
                });
            }
        }
        assertThat(most.get()).isBetween(1, 5);
        assertThat(rates.inFlight(user)).isZero();
        List<RateAnswer> atOnce = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            atOnce.add(ask(0, five));
        }
        assertThat(atOnce).filteredOn(RateAnswer.Granted.class::isInstance).hasSize(5);
    }

    @Test
    void sharesOfAllNodesAddUpToTheLimit() {
        for (int nodes = 1; nodes <= 7; nodes++) {
            for (long limit : new long[] {1, 2, 10, 100, 1_000_003}) {
                long sum = 0;
                for (int place = 0; place < nodes; place++) {
                    sum += new Share(nodes, place).of(limit);
                }
                assertThat(sum).isEqualTo(limit);
            }
        }
        share = new Share(3, 2);
        assertThat(admits(0, claim(user, 2, U, U))).isFalse();
        share = new Share(3, 1);
        assertThat(admits(0, claim(user, 2, U, U))).isTrue();
    }

    @Test
    void subjectsThatNobodyAsksForAreForgotten() {
        assertThat(admits(0, claim(user, 2, U, U))).isTrue();
        now.addAndGet(3_600_000);
        assertThat(admits(0, claim(user, 2, U, U))).isTrue();
        assertThat(admits(0, claim(user, 2, U, U))).isTrue();
        assertThat(admits(0, claim(user, 2, U, U))).isFalse();
    }
}
