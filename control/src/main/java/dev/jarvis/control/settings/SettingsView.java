package dev.jarvis.control.settings;

import dev.jarvis.platform.egress.Cidr;
import dev.jarvis.platform.settings.Settings;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The settings as administrators see them: nothing of it is a secret. Times are in seconds, sizes in bytes. */
record SettingsView(
        String version,
        Instant startedAt,
        long uptimeSeconds,
        UUID nodeId,
        String listen,
        Optional<String> publicUrl,
        DatabaseView database,
        RedisView redis,
        Limits limits,
        Optional<Integer> usageRetentionDays,
        String settle,
        String clientGone,
        List<String> upstreamAllow,
        List<NodeView> nodes) {

    /** @param kind built_in or external */
    record DatabaseView(String kind, String address, String version, long sizeBytes, long migration) {}

    /** @param problem why the nodes do not share what they should, if they do not */
    record RedisView(boolean configured, Optional<String> problem) {}

    record Limits(
            long maxBodyBytes,
            long journalMaxBytes,
            long journalKeepFreeBytes,
            double upstreamConnectSeconds,
            double upstreamFirstByteSeconds,
            double upstreamIdleSeconds,
            double clientWriteSeconds,
            double requestSeconds,
            double drainSeconds) {
        static Limits of(Settings settings) {
            Settings.Timeouts timeouts = settings.timeouts();
            return new Limits(
                    settings.maxBody(),
                    settings.journal().most(),
                    settings.journal().keepFree(),
                    seconds(timeouts.upstreamConnect()),
                    seconds(timeouts.upstreamFirstByte()),
                    seconds(timeouts.upstreamIdle()),
                    seconds(timeouts.clientWrite()),
                    seconds(timeouts.request()),
                    seconds(timeouts.drain()));
        }

        private static double seconds(Duration duration) {
            return duration.toMillis() / 1000.0;
        }
    }

    /** @param live whether it said so within the last 15 seconds */
    record NodeView(UUID id, String name, Instant seenAt, boolean live) {}

    static SettingsView of(ThisServer server, Instant now, DatabaseView database, List<NodeView> nodes) {
        Settings settings = server.settings();
        return new SettingsView(
                server.version(),
                server.startedAt(),
                Duration.between(server.startedAt(), now).toSeconds(),
                server.node(),
                settings.listen().host() + ":" + settings.listen().port(),
                settings.publicUrl().map(URI::toString),
                database,
                new RedisView(
                        settings.redis().isPresent(), server.redisProblem().get()),
                Limits.of(settings),
                settings.usageRetentionDays(),
                settings.settle().name().toLowerCase(Locale.ROOT),
                settings.clientGone().name().toLowerCase(Locale.ROOT),
                settings.upstreamAllow().stream().map(Cidr::toString).toList(),
                nodes);
    }
}
