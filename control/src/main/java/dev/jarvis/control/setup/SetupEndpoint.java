package dev.jarvis.control.setup;

import dev.jarvis.control.login.RefreshCookie;
import dev.jarvis.control.password.PasswordRule;
import dev.jarvis.control.user.UserFields;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.Fields;
import io.vertx.core.http.HttpMethod;

/** {@code /api/v1/setup}: whether the first administrator is missing, and the call that creates one. */
public final class SetupEndpoint {
    private static final int MAX_TOKEN = 1024;

    private record SetupView(boolean needed) {}

    private final Setup setup;
    private final RefreshCookie cookie;

    public SetupEndpoint(Setup setup, RefreshCookie cookie) {
        this.setup = setup;
        this.cookie = cookie;
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
        Fields in = Fields.of(call).require("token", "username", "email", "password");
        String token = in.string("token", MAX_TOKEN).orElseThrow();
        UserFields fields = UserFields.ofAdministrator(in);
        String password = PasswordRule.chosen(in, "password").orElseThrow();
        boolean inCookie = cookie.isWanted(call, in);
        in.refuseOthers();
        return cookie.reply(call, 201, setup.create(call, token, fields, password), inCookie);
    }
}
