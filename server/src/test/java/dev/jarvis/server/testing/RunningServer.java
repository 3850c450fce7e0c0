package dev.jarvis.server.testing;

import java.net.URI;

/** A started server, however it was started. */
public interface RunningServer extends AutoCloseable {
    /** Without a trailing slash. */
    URI base();

    /** Stops it as an operator would. */
    @Override
    void close();
}
