package dev.jarvis.control.login;

import dev.jarvis.control.password.PasswordRule;
import dev.jarvis.control.request.Fields;
import dev.jarvis.control.request.SecretReply;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.identity.SigningKeys;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/auth} and the published signing keys. */
public final class LoginEndpoint {
    private record LoginRequest(
            @Nullable String username, @Nullable String password) {
        @Override
        public String toString() {
            return "LoginRequest[***]";
        }
    }

    private record RefreshRequest(@Nullable String refreshToken) {
        @Override
        public String toString() {
            return "RefreshRequest[***]";
        }
    }

    private record PasswordRequest(
            @Nullable String currentPassword, @Nullable String newPassword) {
        @Override
        public String toString() {
            return "PasswordRequest[***]";
        }
    }

    private final Jdbi jdbi;
    private final Logins logins;
    private final OwnPassword ownPassword;
    private final SigningKeys signingKeys;

    public LoginEndpoint(Jdbi jdbi, Logins logins, OwnPassword ownPassword, SigningKeys signingKeys) {
        this.jdbi = jdbi;
        this.logins = logins;
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
        LoginRequest request = call.read(LoginRequest.class);
        String username = Fields.required(request.username(), "username");
        String password = PasswordRule.compare(Fields.required(request.password(), "password"), "password");
        return SecretReply.of(200, logins.login(call, username, password));
    }

    private Reply refresh(Call call) {
        RefreshRequest request = call.read(RefreshRequest.class);
        return SecretReply.of(200, logins.refresh(call, Fields.required(request.refreshToken(), "refresh_token")));
    }

    private Reply logout(Call call) {
        logins.logout(call);
        return Reply.noContent();
    }

    private Reply me(Call call) {
        Account account = jdbi.withHandle(
                        handle -> Account.of(handle, call.caller().userId()))
                .orElseThrow(() -> Refusal.unauthenticated("invalid_credentials", "The user no longer exists."));
        return Reply.ok(Me.of(call.caller(), account));
    }

    private Reply changePassword(Call call) {
        PasswordRequest request = call.read(PasswordRequest.class);
        String current = PasswordRule.compare(
                Fields.required(request.currentPassword(), "current_password"), "current_password");
        String chosen = PasswordRule.choose(Fields.required(request.newPassword(), "new_password"), "new_password");
        ownPassword.change(call, current, chosen);
        return Reply.noContent();
    }

    private Reply publishedKeys(Call call) {
        return Reply.ok(signingKeys.published());
    }
}
