package dev.jarvis.server;

import dev.jarvis.engine.credential.EngineKey;
import dev.jarvis.platform.settings.Settings;
import dev.jarvis.platform.start.CannotStartException;
import dev.jarvis.platform.start.DataDirectory;
import dev.jarvis.platform.start.SecretFile;
import dev.jarvis.platform.vault.Secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The engine's own key: the one of the settings, or one that is made once into the data directory. */
final class EngineKeys {
    private EngineKeys() {}

    static EngineKey read(Settings settings, DataDirectory data) throws IOException {
        if (settings.engineKey().isPresent()) {
            return EngineKey.parse(settings.engineKey().map(Secret::reveal).get());
        }
        Path file = data.resolve("engine.key");
        if (!Files.exists(file)) {
            SecretFile.write(file, EngineKey.generate());
        }
        try {
            return EngineKey.parse(SecretFile.read(file));
        } catch (IllegalArgumentException e) {
            throw new CannotStartException(
                    "The file " + file + " is not an engine key: " + e.getMessage()
                            + ". Put it back from a backup, or delete it: runs that are under way then fail,"
                            + " and the credentials of MCP servers must be entered again.",
                    e);
        }
    }
}
