package dev.jarvis.platform.vault;

import java.nio.file.Path;
import java.util.Optional;

/** Where the master key comes from: never from the database that it seals. */
public sealed interface KeySource {

    /** A file named by the operator ({@code JARVIS_MASTER_KEY_FILE}), read again when keys change. */
    record KeyFile(Path file) implements KeySource {}

    /** The text of the setting {@code JARVIS_MASTER_KEY}: cannot change while the process runs. */
    record KeyText(Secret text) implements KeySource {}

    /** A file in the data directory, made at the first start: only beside the embedded database. */
    record MadeOnce(Path file) implements KeySource {}

    /** None is configured. */
    record NoKey() implements KeySource {}

    /** The file that a rotation changes, if there is one. */
    default Optional<Path> changeableFile() {
        return switch (this) {
            case KeyFile named -> Optional.of(named.file());
            case MadeOnce made -> Optional.of(made.file());
            case KeyText ignored -> Optional.empty();
            case NoKey ignored -> Optional.empty();
        };
    }

    /** What is wrong with a text as a master key, if something is; says nothing of the text itself. */
    static Optional<String> faultOf(String text) {
        try {
            MasterKeys.parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
