package dev.jarvis.gateway.relay;

/** What becomes of a call when its client hangs up. */
public enum HangUpPolicy {
    /** It is read to its end, within bounds, so that the provider's own usage is recorded: providers bill anyway. */
    DRAIN,
    /** It is cancelled at once, and usage is estimated from what was delivered. */
    CANCEL
}
