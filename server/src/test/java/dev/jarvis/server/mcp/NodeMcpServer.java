package dev.jarvis.server.mcp;

import dev.jarvis.server.sdk.NodeScript;
import dev.jarvis.testkit.Await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of the official TypeScript SDK, in a process of Node.js. */
final class NodeMcpServer implements AutoCloseable {
    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();

    NodeMcpServer() throws IOException {
        process = NodeScript.start("mcp-server.mjs");
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> {
            try {
                reader.lines().forEach(output::add);
            } catch (UncheckedIOException e) {
                // The process was ended.
                output.add("ended");
            }
        });
    }

    /** Waits until it has said something. */
    String await(String beginning) {
        return Await.value(
                "the server says " + beginning,
                () -> output.stream()
                        .filter(line -> line.startsWith(beginning))
                        .findFirst()
                        .orElse(""),
                line -> !line.isEmpty());
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + await("port ").substring(5) + "/mcp");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
