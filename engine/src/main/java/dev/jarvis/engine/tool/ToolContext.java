package dev.jarvis.engine.tool;

import dev.jarvis.engine.model.Stop;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;

/**
 * For whom a tool works.
 *
 * @param callKey the same whenever this call is repeated, for peers that recognise repetitions
 * @param patience what is left of the run's time
 * @param permit asked right before something is done that cannot be undone; throws if the run is another engine's by now
 */
public record ToolContext(
        UUID userId,
        @Nullable UUID agentId,
        UUID runId,
        String callKey,
        Duration patience,
        Stop stop,
        Runnable permit) {}
