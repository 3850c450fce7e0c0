package dev.jarvis.control.login;

import dev.jarvis.control.session.Session;
import dev.jarvis.platform.identity.AccessTokens;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What a login, a refresh and a setup answer.
 *
 * @param expiresIn seconds that the access token lasts
 * @param refreshExpiresIn seconds that the refresh token lasts if it is not used
 */
public record LoginAnswer(
        String accessToken, String tokenType, long expiresIn, String refreshToken, long refreshExpiresIn, Who user) {

    /** The user, as the client needs one. */
    public record Who(UUID id, String username, String email, String role) {}

    static LoginAnswer of(AccessTokens.Issued access, Session session, Who user, Instant now) {
        return new LoginAnswer(
                access.token().reveal(),
                "Bearer",
                seconds(now, access.expiresAt()),
                session.refreshToken().reveal(),
                seconds(now, session.refreshExpiresAt()),
                user);
    }

    private static long seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toSeconds());
    }

    @Override
    public String toString() {
        return "LoginAnswer[user=" + user.id() + "]";
    }
}
