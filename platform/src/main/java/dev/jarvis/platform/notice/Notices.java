package dev.jarvis.platform.notice;

/**
 * Change notices of the database: what the triggers of {@code migrations/001_users.sql} announce. A notice that was
 * missed (connection lost, server restarted) is made up for by a poll of the versions, and then names no subject.
 */
public interface Notices {
    /**
     * Calls the listener for each change of a topic, after its commit, on a thread that may block.
     *
     * @param topic as in the triggers: users, sessions, signing_keys, caller_keys, models, vault, teams, budgets,
     *     rate_limits, body_policies
     */
    void subscribe(String topic, Listener listener);

    /** What to do on a notice. */
    @FunctionalInterface
    interface Listener {
        /** @param subject the id of what changed, or an empty string: anything in the topic may have changed */
        void changed(String subject);
    }
}
