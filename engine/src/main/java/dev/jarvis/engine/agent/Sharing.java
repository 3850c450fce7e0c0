package dev.jarvis.engine.agent;

import dev.jarvis.platform.identity.Identity;
import org.jdbi.v3.core.Handle;

/**
 * Who may use an agent that is not their own. Of teams the engine knows the view {@code shared_teams} only, which leaves out
 * the default team for those who are in another one: everybody is in it, and it would make "team" the same as "all".
 */
final class Sharing {
    /** With the agent as {@code a} and the caller as {@code :user}: some team that its owner is in too, whichever either pays through. */
    static final String WITH_TEAM = """
            (a.visibility = 'team'
               AND EXISTS (SELECT 1 FROM shared_teams mine
                            WHERE mine.user_id = :user
                              AND (mine.team_id IN (SELECT theirs.team_id FROM shared_teams theirs WHERE theirs.user_id = a.owner_id)
                                   OR (a.owner_id IS NULL AND mine.team_id = a.team_id))))
            """;

    private static final String IS_WITH_TEAM = "SELECT " + WITH_TEAM + " FROM agents a WHERE a.id = :id";

    private Sharing() {}

    static boolean isOpen(Handle handle, Agent agent, Identity caller) {
        return agent.isEditableBy(caller)
                || switch (agent.visibility()) {
                    case OWN -> false;
                    case ALL -> true;
                    case TEAM ->
                        handle.createQuery(IS_WITH_TEAM)
                                .bind("id", agent.id())
                                .bind("user", caller.userId())
                                .mapTo(Boolean.class)
                                .findOne()
                                .orElse(false);
                };
    }
}
