package dev.jarvis.control.login;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

class LoginThrottleTest {
    private final AtomicLong now = new AtomicLong();
    private final LoginThrottle throttle =
            new LoginThrottle(new LoginLimits(Duration.ofMinutes(5), 3, 6, 10), now::get);

    @Test
    void anAddressGuessesOneAccountThreeTimes() {
        guess("owner", "192.0.2.1", 3);

        assertThat(admits("owner", "192.0.2.1")).isFalse();
        assertThat(admits("owner", "192.0.2.2")).isTrue();
        assertThat(admits("other", "192.0.2.1")).isTrue();
    }

    @Test
    void anAddressGuessesAllAccountsSixTimes() {
        for (int i = 0; i < 6; i++) {
            guess("account" + i, "192.0.2.1", 1);
        }

        assertThat(admits("account9", "192.0.2.1")).isFalse();
    }

    @Test
    void aHouseholdOfAddressesCountsAsOne() {
        guess("owner", "2001:db8::1", 2);
        guess("owner", "2001:db8::2", 1);

        assertThat(admits("owner", "2001:db8::3")).isFalse();
        assertThat(admits("owner", "2001:db8:1::3")).isTrue();
    }

    @Test
    void theWindowSlidesAndSaysHowLong() {
        guess("owner", "192.0.2.1", 1);
        now.addAndGet(Duration.ofMinutes(4).toNanos());
        guess("owner", "192.0.2.1", 2);

        assertThat(throttle.begin("owner", "192.0.2.1"))
                .isEqualTo(new LoginThrottle.Admission.TooMany(Duration.ofMinutes(1), true));
        assertThat(throttle.begin("owner", "192.0.2.1"))
                .isEqualTo(new LoginThrottle.Admission.TooMany(Duration.ofMinutes(1), false));
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(admits("owner", "192.0.2.1")).isTrue();
        assertThat(admits("owner", "192.0.2.1")).isFalse();
    }

    @Test
    void theOwnerIsNotLockedOutByOthers() {
        throttle.begin("owner", "192.0.2.1");
        throttle.succeeded("owner", "192.0.2.1");
        for (int i = 0; i < 10; i++) {
            guess("owner", "198.51.100." + i, 1);
        }

        assertThat(admits("owner", "203.0.113.1")).isFalse();
        assertThat(admits("owner", "192.0.2.1")).isTrue();
    }

    @Test
    void successesAreNotCounted() {
        for (int i = 0; i < 50; i++) {
            assertThat(admits("owner", "192.0.2.1")).isTrue();
            throttle.succeeded("owner", "192.0.2.1");
        }
    }

    private void guess(String account, String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(admits(account, address)).isTrue();
        }
    }

    private boolean admits(String account, String address) {
        return throttle.begin(account, address) instanceof LoginThrottle.Admission.Admitted;
    }
}
