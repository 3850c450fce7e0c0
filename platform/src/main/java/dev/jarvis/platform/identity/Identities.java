package dev.jarvis.platform.identity;

/**
 * Checks credentials against the database: the one place that decides who a credential belongs to. Control calls it for
 * each request; the gateway keeps what it answers in memory, and clears it on change notices.
 */
public interface Identities {
    /**
     * Blocking: asks the database, and for an access token also checks its signature.
     *
     * @throws org.jdbi.v3.core.JdbiException if the database cannot be asked, which is never the caller's fault: 503
     */
    IdentityCheck check(Credential credential);
}
