package dev.jarvis.gateway.provider;

/**
 * Why a provider key is set aside.
 *
 * @param code for programs, which say it in their reader's language; empty where an older node wrote none
 * @param reason in our words, for administrators and logs: what the provider wrote could hold the key
 */
public record KeyTrouble(KeyState state, String code, String reason) {
    static final KeyTrouble KEY_REFUSED =
            new KeyTrouble(KeyState.REFUSED, "key_refused", "the provider does not accept the key (401)");
    static final KeyTrouble ORGANISATION_REFUSED = new KeyTrouble(
            KeyState.MISCONFIGURED, "organisation_refused", "the provider refuses its organisation or address (401)");
    static final KeyTrouble USE_FORBIDDEN = new KeyTrouble(
            KeyState.MISCONFIGURED, "use_forbidden", "the provider forbids its use from here or for this model (403)");
    static final KeyTrouble PAYMENT_REQUIRED =
            new KeyTrouble(KeyState.EXHAUSTED, "payment_required", "the provider wants to be paid (402)");
    static final KeyTrouble RATE_LIMITED =
            new KeyTrouble(KeyState.COOLING, "rate_limited", "over the provider's rate limit (429)");

    /** The key cannot be put into a request at all. */
    public static final KeyTrouble UNSENDABLE = new KeyTrouble(
            KeyState.MISCONFIGURED, "key_unsendable", "the key has characters that a header cannot hold");

    /** @param said one of the words that providers have for it, from our own list */
    static KeyTrouble outOfQuota(String said) {
        return new KeyTrouble(KeyState.EXHAUSTED, "quota_exhausted", "out of quota (" + said + ")");
    }
}
