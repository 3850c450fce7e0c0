package dev.jarvis.server;

import dev.jarvis.platform.settings.Settings;
import org.slf4j.bridge.SLF4JBridgeHandler;

import java.util.Locale;

/** Chooses the form of log lines, before the first of them, and leads java.util.logging into the same log. */
final class Logging {
    private Logging() {}

    static void configure(Settings.LogFormat format) {
        System.setProperty("jarvis.log.format", format.name().toLowerCase(Locale.ROOT));
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
