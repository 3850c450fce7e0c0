package dev.jarvis.server;

import java.util.Optional;

/** The version of this build, from the manifest of its jar. */
final class Version {
    private Version() {}

    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
