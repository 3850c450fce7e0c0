package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.RunningServer;
import dev.jarvis.server.testing.ServerProcess;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A server that is killed and started again: the same directory, settings and port, one process after the other. */
public final class Node implements RunningServer {
    private final Map<String, String> settings;
    private final Path home;
    private volatile ServerProcess process;
    private volatile CompletableFuture<URI> up;

    /** Started, and ready. */
    Node(Map<String, String> settings, Path home) {
        this.settings = settings;
        this.home = home;
        this.process = ServerProcess.start(settings, home);
        this.up = CompletableFuture.completedFuture(process.base());
    }

    @Override
    public URI base() {
        return process.base();
    }

    /** Waits while it is down. */
    public URI awaitUp() {
        return up.join();
    }

    public ServerProcess process() {
        return process;
    }

    /** kill -9. */
    public void kill() {
        up = new CompletableFuture<>();
        process.kill();
    }

    /** After a kill: starts it on what the dead one left, and waits until it is ready. */
    public void startAgain() {
        process = ServerProcess.start(settings, home);
        up.complete(process.base());
    }

    /** Waiting clients give up. */
    @Override
    public void close() {
        up.completeExceptionally(new IllegalStateException("the scenario is over"));
        process.close();
    }
}
