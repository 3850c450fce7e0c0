package dev.jarvis.platform.http;

import dev.jarvis.platform.identity.Credential;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.IdentityCheck;

/** What a caller is told whose credential was not admitted; the same words on every route. */
public final class IdentityRefusals {
    private IdentityRefusals() {}

    /** What somebody is told whose credential cannot be anybody's, whoever is known here. */
    static Refusal nobody(Credential credential) {
        return credential instanceof Credential.Missing
                ? Refusal.unauthenticated(
                        "missing_credentials",
                        "No credential was sent. Use 'Authorization: Bearer <token or key>' or 'x-api-key: <key>'.")
                : Refusal.unauthenticated("invalid_credentials", "The token or key is not valid.");
    }

    /** @throws Refusal 401 {@code missing_credentials}, {@code invalid_credentials}, {@code token_expired}, {@code credentials_blocked} */
    public static Identity admit(Credential credential, IdentityCheck check) {
        if (credential instanceof Credential.Missing) {
            throw nobody(credential);
        }
        return switch (check) {
            case IdentityCheck.Admitted admitted -> admitted.identity();
            case IdentityCheck.Unknown ignored -> throw nobody(credential);
            case IdentityCheck.Expired ignored ->
                throw Refusal.unauthenticated(
                        "token_expired", "The token or key has expired. Log in again or renew it.");
            case IdentityCheck.Blocked ignored ->
                throw Refusal.unauthenticated(
                        "credentials_blocked", "The user, key or session behind this credential is no longer active.");
        };
    }
}
