package dev.jarvis.platform.vault;

import dev.jarvis.platform.start.CannotStartException;
import dev.jarvis.platform.start.SecretFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads master keys from where they are. */
final class KeyReader {
    private KeyReader() {}

    /**
     * @param firstStart the database has never been sealed, so a key may be made where that is allowed
     * @throws CannotStartException if what is configured is not a master key, or others can read it
     */
    static Optional<MasterKeys> read(KeySource source, boolean firstStart) {
        return switch (source) {
            case KeySource.KeyFile named -> Optional.of(readFile(named.file()));
            case KeySource.KeyText given ->
                Optional.of(parse("JARVIS_MASTER_KEY", given.text().reveal()));
            case KeySource.MadeOnce made when Files.exists(made.file()) -> Optional.of(readFile(made.file()));
            case KeySource.MadeOnce made -> firstStart ? Optional.of(make(made.file())) : Optional.empty();
            case KeySource.NoKey ignored -> Optional.empty();
        };
    }

    static MasterKeys readFile(Path file) {
        return parse(file.toString(), SecretFile.read(file));
    }

    private static MasterKeys make(Path file) {
        MasterKeys made = MasterKeys.random();
        try {
            SecretFile.write(file, made.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made;
    }

    private static MasterKeys parse(String origin, String text) {
        try {
            return MasterKeys.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CannotStartException("The master key in " + origin + " cannot be used: " + e.getMessage());
        }
    }
}
