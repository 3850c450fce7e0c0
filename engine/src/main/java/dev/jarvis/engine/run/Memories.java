package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.Agent;
import dev.jarvis.platform.identity.Identity;

/** What an agent remembers about a user. */
@FunctionalInterface
interface Memories {
    /** To be put behind the instructions; empty: nothing. */
    String remembered(Agent agent, Identity caller);
}
