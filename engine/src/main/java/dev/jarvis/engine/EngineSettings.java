package dev.jarvis.engine;

import dev.jarvis.engine.attachment.AttachmentLimits;

import java.time.Duration;

/**
 * How an engine works.
 *
 * @param lease how long an engine that died keeps its runs from the others
 * @param mostRuns at a time
 */
public record EngineSettings(Duration lease, int mostRuns, AttachmentLimits attachments) {
    public static final EngineSettings DEFAULT =
            new EngineSettings(Duration.ofSeconds(15), 1_000, AttachmentLimits.DEFAULT);
}
