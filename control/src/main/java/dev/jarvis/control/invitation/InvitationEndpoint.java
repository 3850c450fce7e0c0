package dev.jarvis.control.invitation;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Origin;
import dev.jarvis.control.audit.Target;
import dev.jarvis.control.login.LoginAnswer;
import dev.jarvis.control.login.Logins;
import dev.jarvis.control.login.RefreshCookie;
import dev.jarvis.control.password.PasswordRule;
import dev.jarvis.control.password.Passwords;
import dev.jarvis.control.session.Session;
import dev.jarvis.control.user.Invitations;
import dev.jarvis.control.user.Invitations.Invited;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.identity.AccessTokens;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;

import java.time.Instant;

/** {@code /api/v1/invitations/{token}}: the token is the credential, 256 random bits that work once. */
public final class InvitationEndpoint {
    private static final String ONE = "/api/v1/invitations/{token}";
    private static final String ACTION = "invitation.accept";

    private record View(String username, String email, String purpose, Instant expiresAt) {}

    private final Jdbi jdbi;
    private final AccessTokens accessTokens;
    private final Passwords passwords;
    private final Logins logins;
    private final RefreshCookie cookie;
    private final Audit audit;

    public InvitationEndpoint(
            Jdbi jdbi,
            AccessTokens accessTokens,
            Passwords passwords,
            Logins logins,
            RefreshCookie cookie,
            Audit audit) {
        this.jdbi = jdbi;
        this.accessTokens = accessTokens;
        this.passwords = passwords;
        this.logins = logins;
        this.cookie = cookie;
        this.audit = audit;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.GET, ONE, Access.PUBLIC, this::get)
                .add(HttpMethod.POST, ONE, Access.PUBLIC, this::accept);
    }

    private Reply get(Call call) {
        QueryParameters.none(call);
        Invited invited = find(call);
        return Reply.ok(new View(invited.username(), invited.email(), invited.purpose(), invited.expiresAt()));
    }

    private Reply accept(Call call) {
        QueryParameters.none(call);
        // Before the costly hash; decided again when the link is used up.
        Invited invited = find(call);
        Fields in = Fields.of(call).require("password");
        String password = PasswordRule.chosen(in, "password").orElseThrow();
        boolean inCookie = cookie.isWanted(call, in);
        in.refuseOthers();
        if (!invited.isEnabled()) {
            audit.recordRefused(Origin.of(call), ACTION, Target.of("user", invited.userId()), "user_disabled");
            throw Refusal.forbidden("user_disabled", "This account is disabled. Ask an administrator to enable it.");
        }
        accessTokens.prepare();
        String hash = passwords.hash(password);
        Session session = jdbi.inTransaction(handle -> {
            Invitations.accept(handle, call.pathParameter("token"), invited, hash);
            return logins.begin(handle, call, invited.userId(), invited.username(), ACTION);
        });
        LoginAnswer.Who who =
                new LoginAnswer.Who(invited.userId(), invited.username(), invited.email(), invited.role());
        return cookie.reply(call, 200, logins.answer(session, who), inCookie);
    }

    private Invited find(Call call) {
        return jdbi.withHandle(handle -> Invitations.find(handle, call.pathParameter("token")))
                .orElseThrow(Invitations::notFound);
    }
}
