package dev.jarvis.control.login;

import dev.jarvis.control.password.PasswordRule;
import dev.jarvis.platform.answer.SecretReply;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.identity.SigningKeys;
import dev.jarvis.platform.input.Fields;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;

import java.util.UUID;

/** {@code /api/v1/auth} and the published signing keys. */
public final class LoginEndpoint {
    /** Longer names are nobody's; their length alone must not cost anything. Characters. */
    private static final int MAX_NAME = 1024;

    private final Jdbi jdbi;
    private final Logins logins;
    private final RefreshCookie cookie;
    private final OwnPassword ownPassword;
    private final SigningKeys signingKeys;

    public LoginEndpoint(
            Jdbi jdbi, Logins logins, RefreshCookie cookie, OwnPassword ownPassword, SigningKeys signingKeys) {
        this.jdbi = jdbi;
        this.logins = logins;
        this.cookie = cookie;
        this.ownPassword = ownPassword;
        this.signingKeys = signingKeys;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.POST, "/api/v1/auth/login", Access.PUBLIC, this::login)
                .add(HttpMethod.POST, "/api/v1/auth/refresh", Access.PUBLIC, this::refresh)
                .add(HttpMethod.POST, "/api/v1/auth/logout", Access.USER, this::logout)
                .add(HttpMethod.GET, "/api/v1/auth/me", Access.USER, this::me)
                .add(HttpMethod.POST, "/api/v1/auth/password", Access.USER, this::changePassword)
                .add(HttpMethod.GET, "/.well-known/jwks.json", Access.PUBLIC, this::publishedKeys);
    }

    private Reply login(Call call) {
        Fields in = Fields.of(call).require("username", "password");
        String username = in.string("username", MAX_NAME).orElseThrow();
        String password = PasswordRule.compared(in, "password");
        boolean inCookie = cookie.isWanted(call, in);
        in.refuseOthers();
        return cookie.reply(call, 200, logins.login(call, username, password), inCookie);
    }

    private Reply refresh(Call call) {
        if (call.body().length == 0) {
            return refreshOfCookie(call);
        }
        Fields in = Fields.of(call).require("refresh_token");
        String token = in.string("refresh_token", MAX_NAME).orElseThrow();
        in.refuseOthers();
        return SecretReply.of(200, logins.refresh(call, token));
    }

    private Reply refreshOfCookie(Call call) {
        String token = cookie.token(call);
        try {
            return cookie.reply(call, 200, logins.refresh(call, token), true);
        } catch (Refusal refusal) {
            throw cookie.cleared(call, refusal);
        }
    }

    private Reply logout(Call call) {
        logins.logout(call);
        return cookie.cleared(call, Reply.noContent());
    }

    private Reply me(Call call) {
        UUID user = call.caller().userId();
        return Reply.ok(jdbi.withHandle(handle -> Me.of(
                call.caller(),
                Account.of(handle, user)
                        .orElseThrow(
                                () -> Refusal.unauthenticated("invalid_credentials", "The user no longer exists.")),
                Membership.of(handle, user))));
    }

    private Reply changePassword(Call call) {
        Fields in = Fields.of(call).require("current_password", "new_password");
        String current = PasswordRule.compared(in, "current_password");
        String chosen = PasswordRule.chosen(in, "new_password").orElseThrow();
        in.refuseOthers();
        ownPassword.change(call, current, chosen);
        return Reply.noContent();
    }

    private Reply publishedKeys(Call call) {
        return Reply.ok(signingKeys.published());
    }
}
