package dev.jarvis.engine;

import dev.jarvis.engine.attachment.AttachmentLimits;
import dev.jarvis.platform.settings.Settings;

import java.time.Duration;

/**
 * How an engine works.
 *
 * @param lease how long an engine that died keeps its runs from the others
 * @param mostRuns at a time
 */
public record EngineSettings(Duration lease, int mostRuns, AttachmentLimits attachments) {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final int MOST_RUNS = 1_000;

    public static EngineSettings of(Settings settings) {
        return new EngineSettings(
                LEASE,
                MOST_RUNS,
                new AttachmentLimits(
                        settings.attachments().file(), settings.attachments().user()));
    }
}
