package dev.jarvis.platform.identity;

/** What came of verifying an access token's text. */
sealed interface TokenCheck {
    record Valid(AccessTokenClaims claims) implements TokenCheck {}

    /** Ours, and its time is over. */
    record Expired() implements TokenCheck {}

    /** Not a token of ours, for whatever reason. */
    record Invalid() implements TokenCheck {}
}
