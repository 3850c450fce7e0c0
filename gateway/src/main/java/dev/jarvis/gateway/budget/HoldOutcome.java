package dev.jarvis.gateway.budget;

/** What came of asking for a hold. */
sealed interface HoldOutcome {
    record Held(Hold hold) implements HoldOutcome {}

    /** The window has not so much left. */
    record Refused() implements HoldOutcome {}

    /** The database, which has to decide, cannot be asked. */
    record Unavailable() implements HoldOutcome {}

    /** The budget was deleted: it binds nobody any more. */
    record Gone() implements HoldOutcome {}
}
