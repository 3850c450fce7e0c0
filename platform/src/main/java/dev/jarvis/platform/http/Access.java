package dev.jarvis.platform.http;

/** Who may call a blocking endpoint. */
public enum Access {
    /** Anyone, without a credential. */
    PUBLIC,
    /** Everyone who is known. */
    USER,
    /** Administrators. */
    ADMIN
}
