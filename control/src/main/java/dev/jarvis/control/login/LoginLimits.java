package dev.jarvis.control.login;

import java.time.Duration;

/**
 * How many failed logins are too many within a window that slides.
 *
 * @param perPair by one address for one account
 * @param perAddress by one address for all accounts
 * @param perAccount by all addresses for one account
 */
public record LoginLimits(Duration window, int perPair, int perAddress, int perAccount) {
    public static final LoginLimits DEFAULT = new LoginLimits(Duration.ofMinutes(5), 10, 50, 100);

    public LoginLimits {
        if (!window.isPositive() || perPair < 1 || perAddress < 1 || perAccount < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
