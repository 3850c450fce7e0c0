package dev.jarvis.control.login;

import dev.jarvis.platform.answer.SecretReply;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.identity.AccessTokens;
import dev.jarvis.platform.input.Fields;
import io.vertx.core.http.HttpMethod;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code POST /api/v1/auth/delegate}: the caller's credential for one that somebody else may hold (in the manner of RFC
 * 8693): an hour at most, models only, and over as soon as the caller's own session or key is.
 */
public final class DelegationEndpoint {
    private static final int LONGEST = (int) AccessTokens.LONGEST_DELEGATION.toSeconds();
    private static final int MOST_MODELS = 100;
    private static final int MAX_MODEL_ID = 200;
    private static final int MAX_ACTOR = 200;

    private final AccessTokens tokens;

    public DelegationEndpoint(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /** @param issuedTokenType as RFC 8693 names an access token */
    private record Delegated(String accessToken, String issuedTokenType, String tokenType, long expiresIn) {}

    public void addTo(BlockingEndpoints endpoints) {
        endpoints.add(HttpMethod.POST, "/api/v1/auth/delegate", Access.USER, this::delegate);
    }

    private Reply delegate(Call call) {
        Fields in = Fields.of(call).require("actor");
        String actor = in.line("actor", MAX_ACTOR, "");
        Optional<List<String>> models = in.lines("models", MOST_MODELS, MAX_MODEL_ID, Optional.empty());
        int lasts = in.integer("expires_in", 1, LONGEST, LONGEST);
        in.refuseOthers();
        tokens.prepare();
        AccessTokens.Issued issued =
                tokens.delegate(call.caller(), actor, models.map(Set::copyOf), Duration.ofSeconds(lasts));
        return SecretReply.of(
                200,
                new Delegated(
                        issued.token().reveal(),
                        "urn:ietf:params:oauth:token-type:access_token",
                        "Bearer",
                        issued.lasts().toSeconds()));
    }
}
