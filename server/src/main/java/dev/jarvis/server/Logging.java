package dev.jarvis.server;

import ch.qos.logback.classic.LoggerContext;
import dev.jarvis.platform.settings.Settings;
import org.slf4j.LoggerFactory;
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

    /** Writes what is still gathered. The last step before the process halts: later lines go nowhere. */
    static void end() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
