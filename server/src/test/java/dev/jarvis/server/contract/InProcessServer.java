package dev.jarvis.server.contract;

import dev.jarvis.platform.settings.Settings;
import dev.jarvis.server.JarvisServer;
import dev.jarvis.server.testing.RunningServer;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole product within the test's own JVM, so that the test can ask which routes it has. */
record InProcessServer(JarvisServer server) implements RunningServer {
    static InProcessServer start(Map<String, String> environment, Path directory) {
        Map<String, String> settings = new HashMap<>(environment);
        settings.put("JARVIS_LISTEN", "127.0.0.1:0");
        settings.putIfAbsent("JARVIS_DATA_DIR", directory.resolve("data").toString());
        settings.put("JARVIS_EVENT_LOOPS", "1");
        return new InProcessServer(JarvisServer.start(Settings.read(Map.of(), settings, Optional.empty())));
    }

    @Override
    public URI base() {
        return server.url();
    }

    List<String> routes() {
        return server.routes();
    }

    @Override
    public void close() {
        server.close();
    }
}
