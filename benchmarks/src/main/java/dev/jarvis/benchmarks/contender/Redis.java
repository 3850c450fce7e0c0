package dev.jarvis.benchmarks.contender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Redis without persistence on the target's core; like PostgreSQL it is counted apart. */
final class Redis implements AutoCloseable {
    private final int port = Child.freePort();
    private final Child child;

    Redis(Site site, String owner) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(site.directory().resolve(owner + "-redis"));
        List<String> command = List.of(
                "redis-server",
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no");
        child = Child.start(site, owner + "-redis", command, Map.of(), directory);
        child.awaitPort(port, Duration.ofSeconds(10));
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        child.close();
    }
}
