package dev.jarvis.control.login;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jarvis.control.session.Session;
import dev.jarvis.platform.identity.AccessTokens;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a login, a refresh and a setup answer.
 *
 * @param expiresIn seconds that the access token lasts
 * @param refreshToken empty where the browser has it in a cookie
 * @param refreshExpiresIn seconds that the refresh token lasts if it is not used
 */
public record LoginAnswer(
        String accessToken,
        String tokenType,
        long expiresIn,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> refreshToken,
        long refreshExpiresIn,
        Who user) {

    /** The user, as the client needs one. */
    public record Who(UUID id, String username, String email, String role) {}

    static LoginAnswer of(AccessTokens.Issued access, Session session, Who user, Instant now) {
        return new LoginAnswer(
                access.token().reveal(),
                "Bearer",
                access.lasts().toSeconds(),
                Optional.of(session.refreshToken().reveal()),
                Math.max(0, Duration.between(now, session.refreshExpiresAt()).toSeconds()),
                user);
    }

    LoginAnswer withoutRefreshToken() {
        return new LoginAnswer(accessToken, tokenType, expiresIn, Optional.empty(), refreshExpiresIn, user);
    }

    @Override
    public String toString() {
        return "LoginAnswer[user=" + user.id() + "]";
    }
}
