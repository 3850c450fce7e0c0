package dev.jarvis.engine.run;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.UUID;

/** Puts what a plan only refers to into its messages. */
@FunctionalInterface
interface Histories {
    /** Messages as a request has them. The same each time: what they refer to never changes. */
    List<ObjectNode> expand(UUID user, List<ObjectNode> messages);
}
