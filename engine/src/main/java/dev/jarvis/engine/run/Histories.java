package dev.jarvis.engine.run;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/** Puts what a plan only refers to into its messages. */
interface Histories {
    /** The run's messages as a request has them. The same each time: what they refer to never changes. */
    List<ObjectNode> expand(RunRow run);
}
