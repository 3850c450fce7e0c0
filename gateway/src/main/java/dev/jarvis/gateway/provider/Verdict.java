package dev.jarvis.gateway.provider;

import dev.jarvis.platform.http.Refusal;

/** What a provider's refusal means. */
public sealed interface Verdict {
    /** What the client is told if there is nothing more to try. Never what the provider says of our key. */
    Refusal refusal();

    /** The caller's fault: status and body go to the client as they came. */
    record Rejected(Refusal refusal) implements Verdict {}

    /** The key's: it is set aside, and the next one answers the same request. */
    record Busy(KeyAilment ailment, Refusal refusal) implements Verdict {}

    /**
     * The provider's.
     *
     * @param mayRetry it refused before working, so another attempt cannot be billed twice (R3)
     */
    record Broken(Refusal refusal, boolean mayRetry) implements Verdict {}
}
