package dev.jarvis.gateway.budget;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class LeaseTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Lease lease = new Lease(UUID.randomUUID());

    private void granted(long amount) {
        LeaseAsk ask = lease.ask(List.of(), 1, true);
        lease.answered(ask, new LeaseAnswer(LeaseAnswer.State.LIVE, amount, 0, List.of(), 0), 0);
    }

    @Test
    void nothingIsThereBeforeTheDatabaseSaysSo() {
        assertThat(lease.reserve(1, 0)).isFalse();
        granted(10);
        assertThat(lease.reserve(10, 0)).isTrue();
        assertThat(lease.reserve(1, 0)).isFalse();
    }

    @Test
    void whatWasNotUsedIsFreeAtOnce() {
        granted(10);
        lease.reserve(10, 0);

        lease.settle(10, 3);

        assertThat(lease.available()).isEqualTo(7);
    }

    @Test
    void b6_aHoldLivesThroughAStreamOfTenMinutesWhileTheLeaseIsRenewed() {
        granted(10);
        lease.reserve(10, 0);
        for (long second = 10; second <= 600; second += 10) {
            lease.renewed(true, second * SECOND);
        }

        lease.settle(10, 4);

        assertThat(lease.reserve(6, 601 * SECOND)).isTrue();
    }

    @Test
    void b14_aLeaseThatWasNotRenewedIsSpentNoMoreLongBeforeOthersGetIt() {
        granted(10);

        assertThat(lease.reserve(1, 44 * SECOND)).isTrue();
        assertThat(lease.reserve(1, 45 * SECOND)).isFalse();
    }

    @Test
    void whatIsGivenBackIsGoneBeforeTheDatabaseHearsOfIt() {
        granted(10);
        lease.reserve(4, 0);

        LeaseAsk ask = lease.ask(List.of(), 1, false);
        assertThat(ask.committed()).isEqualTo(4);
        assertThat(lease.reserve(1, 0)).isFalse();
        lease.unanswered(ask);

        assertThat(lease.available()).isZero();
    }

    @Test
    void askingAheadKeepsWhatIsThereInUse() {
        granted(10);

        LeaseAsk ask = lease.askAhead(1);
        assertThat(lease.reserve(4, 0)).isTrue();
        assertThat(ask.committed()).isEqualTo(10);
        lease.answered(ask, new LeaseAnswer(LeaseAnswer.State.LIVE, 15, 0, List.of(), 0), 0);

        assertThat(lease.available()).isEqualTo(11);
    }

    @Test
    void whatTheProviderTookBeyondTheReservationIsMissingAfterwards() {
        granted(10);
        lease.reserve(5, 0);

        lease.settle(5, 12);

        assertThat(lease.available()).isEqualTo(-2);
        assertThat(lease.ask(List.of(3L), 1, false).committed()).isEqualTo(12);
    }
}
