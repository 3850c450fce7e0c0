package dev.jarvis.engine.tool;

import tools.jackson.databind.node.ObjectNode;

/** Something that agents can do. */
public interface Tool {
    String name();

    /** For the model. */
    String description();

    /** JSON Schema of the arguments. */
    ObjectNode parameters();

    /**
     * Whether a call changes something. One that does is made once at most: after a crash in the middle of it nobody knows
     * whether it happened, and it is not repeated. It asks for {@link ToolContext#permit} right before.
     */
    boolean hasSideEffects();

    /** @param arguments valid by {@link #parameters} */
    ToolOutcome call(ObjectNode arguments, ToolContext context);
}
