package dev.jarvis.engine.run;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/** What was said before a run: how much of it is sent depends on the room that its agent and its model leave. */
@FunctionalInterface
interface Past {
    /** @param older {@code null}: nothing is remembered of what is left out */
    record Sent(List<ObjectNode> messages, @Nullable Older older) {}

    Sent within(int tokens);

    /** The newest messages, and nothing of older ones. */
    static Past of(List<ObjectNode> messages) {
        return tokens -> new Sent(Window.newest(messages, tokens), null);
    }
}
