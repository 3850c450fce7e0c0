package dev.jarvis.platform.identity;

/** What came of checking a credential. */
public sealed interface IdentityCheck {
    record Admitted(Identity identity) implements IdentityCheck {}

    /** No such key, a bad signature, a malformed token: the caller learns no more than that. */
    record Unknown() implements IdentityCheck {}

    /** It was valid once; its time is over. */
    record Expired() implements IdentityCheck {}

    /** The user is disabled, the key revoked or the session ended. */
    record Blocked() implements IdentityCheck {}
}
