package dev.jarvis.gateway.door;

import dev.jarvis.gateway.caller.CallerDirectory;
import dev.jarvis.platform.http.Answers;
import dev.jarvis.platform.http.Credentials;
import dev.jarvis.platform.http.IdentityRefusals;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.RequestScope;
import dev.jarvis.platform.identity.Credential;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.IdentityCheck;
import dev.jarvis.platform.vault.Vault;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;

import java.util.Optional;
import java.util.function.Consumer;

/** Finds out who calls, from the headers alone: a body is read only for those who may send one. */
public final class Admittance {
    private final CallerDirectory callers;
    private final Vault vault;

    public Admittance(CallerDirectory callers, Vault vault) {
        this.callers = callers;
        this.vault = vault;
    }

    /** Calls {@code then} with the caller, at once or later on the same loop, or answers with a refusal. */
    void admit(HttpServerRequest request, RequestScope scope, Context loop, Consumer<Identity> then) {
        if (vault.isSealed()) {
            Answers.refuse(
                    request,
                    scope.requestId(),
                    Refusal.unavailable("sealed", "The server has no usable master key and serves no call."));
            return;
        }
        Credential credential = Credentials.of(request.headers());
        Optional<IdentityCheck> known = callers.remembered(credential);
        if (known.isPresent()) {
            enter(request, scope, credential, known.get(), then);
            return;
        }
        callers.ask(credential, loop)
                .onSuccess(check -> enter(request, scope, credential, check, then))
                .onFailure(failure -> Answers.refuse(
                        request,
                        scope.requestId(),
                        failure instanceof Refusal refusal
                                ? refusal
                                : Refusal.unavailable(
                                        "identity_unavailable", "The credential cannot be checked now.")));
    }

    private static void enter(
            HttpServerRequest request,
            RequestScope scope,
            Credential credential,
            IdentityCheck check,
            Consumer<Identity> then) {
        try {
            then.accept(IdentityRefusals.admit(credential, check));
        } catch (Refusal refusal) {
            Answers.refuse(request, scope.requestId(), refusal);
        }
    }
}
