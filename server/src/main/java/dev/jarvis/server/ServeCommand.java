package dev.jarvis.server;

import dev.jarvis.platform.settings.Settings;
import dev.jarvis.platform.vault.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** Starts the server and keeps it running until the process is asked to end. */
@Command(name = "serve", description = "Starts the server.", sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    private final SettingOptions options;
    private final Parts.Assembly assembly;

    ServeCommand(SettingOptions options, Parts.Assembly assembly) {
        this.options = options;
        this.assembly = assembly;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = options.read();
        Logging.configure(settings.logFormat());
        Logger log = LoggerFactory.getLogger("jarvis");
        JarvisServer server = JarvisServer.start(settings, assembly);
        stopInOrder(server, log);
        say(server, settings, log);
        new CountDownLatch(1).await();
        return 0;
    }

    /** A JVM that ends by SIGTERM exits with 143, though all went well; halting with 0 after the last step says so. */
    private static void stopInOrder(JarvisServer server, Logger log) {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    log.info("Shutting down");
                    server.close();
                    log.info("Goodbye");
                    Logging.end();
                    Runtime.getRuntime().halt(0);
                }));
    }

    private static void say(JarvisServer server, Settings settings, Logger log) {
        log.info("Jarvis {} listens on {}, data directory {}", Version.text(), server.url(), settings.dataDirectory());
        if (!settings.roles().equals(Set.of(Settings.Role.values()))) {
            log.info(
                    "It has these roles only: {}",
                    settings.roles().stream().sorted().toList());
        }
        if (settings.database().isEmpty()) {
            log.info("Built-in database: for trial and small teams; set JARVIS_DATABASE_URL for production");
        }
        server.setupToken()
                .map(Secret::reveal)
                .ifPresent(token -> log.info(
                        "No administrator yet. Create one with this one-time setup token: {} (POST {}/api/v1/setup)",
                        token,
                        server.url()));
    }
}
