package dev.jarvis.platform.http;

import java.io.IOException;
import java.io.OutputStream;

/** A body too large to be held in memory: written piece by piece, as fast as the client reads. */
@FunctionalInterface
public interface StreamedBody {
    /**
     * Called on the endpoint's virtual thread. What it throws before the first 16 KiB are full, or were flushed, is answered as any refusal
     * is; later the connection is cut, so that a client cannot take the part for the whole.
     *
     * @throws IOException if the client is gone, or has read nothing for 30 s
     */
    void writeTo(OutputStream out) throws IOException;
}
