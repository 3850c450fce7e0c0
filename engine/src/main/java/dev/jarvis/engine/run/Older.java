package dev.jarvis.engine.run;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.UUID;

/**
 * What a run does not send of its conversation.
 *
 * @param summary of the beginning, made by an earlier run; {@code null}: there is none
 * @param messages behind that, which are to be summarised before the run's first answer
 * @param upTo the last of them; {@code null}: there are none
 * @param count of all messages that are left out
 */
record Older(
        @Nullable String summary,
        List<ObjectNode> messages,
        @Nullable UUID upTo,
        int count) {}
