package dev.jarvis.server;

import dev.jarvis.platform.postgres.EmbeddedPostgres;
import dev.jarvis.platform.settings.Setting;
import dev.jarvis.platform.settings.Settings;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Starts everything on an empty data directory and stops it: what the launcher makes the JVM's ahead-of-time cache from
 * (JEP 514), so that later starts find their classes loaded and linked, and PostgreSQL's programs unpacked. Reads no
 * settings and leaves nothing else behind.
 */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {
    private final Parts.Assembly assembly;

    RehearseCommand(Parts.Assembly assembly) {
        this.assembly = assembly;
    }

    @Override
    public Integer call() throws IOException {
        EmbeddedPostgres.prepare();
        Path directory = Files.createTempDirectory("jarvis-rehearsal");
        try {
            Map<String, String> settings = Map.of(
                    Setting.LISTEN.variable(),
                    "127.0.0.1:0",
                    Setting.DATA_DIR.variable(),
                    directory.resolve("data").toString());
            JarvisServer.start(Settings.read(settings, Map.of(), Optional.empty()), assembly)
                    .close();
        } finally {
            Deletion.of(directory);
        }
        return 0;
    }
}
