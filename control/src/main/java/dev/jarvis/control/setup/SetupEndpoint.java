package dev.jarvis.control.setup;

import dev.jarvis.control.password.PasswordRule;
import dev.jarvis.control.request.Fields;
import dev.jarvis.control.request.SecretReply;
import dev.jarvis.control.user.UserFields;
import dev.jarvis.control.user.Users;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/setup}: whether the first administrator is missing, and the call that creates one. */
public final class SetupEndpoint {
    private record SetupRequest(
            @Nullable String token,
            @Nullable String username,
            @Nullable String email,
            @Nullable String password) {
        @Override
        public String toString() {
            return "SetupRequest[***]";
        }
    }

    private record SetupView(boolean needed) {}

    private final Setup setup;

    public SetupEndpoint(Setup setup) {
        this.setup = setup;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.GET, "/api/v1/setup", Access.PUBLIC, this::get)
                .add(HttpMethod.POST, "/api/v1/setup", Access.PUBLIC, this::create);
    }

    private Reply get(Call call) {
        return Reply.ok(new SetupView(setup.isNeeded()));
    }

    private Reply create(Call call) {
        SetupRequest request = call.read(SetupRequest.class);
        String token = Fields.required(request.token(), "token");
        UserFields fields = Users.administrator(
                Fields.required(request.username(), "username"), Fields.required(request.email(), "email"));
        String password = PasswordRule.choose(Fields.required(request.password(), "password"), "password");
        return SecretReply.of(201, setup.create(call, token, fields, password));
    }
}
