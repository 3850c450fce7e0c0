package dev.jarvis.gateway.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * Hears what comes of a call, on its event loop: {@link #answered} at most once, then any number of {@link #data}, and
 * in every case exactly one of {@link #ended} and {@link #failed}, unless the call is cancelled.
 */
public interface UpstreamListener {
    void answered(int status, MultiMap headers);

    void data(Buffer part);

    void ended();

    void failed(UpstreamFailure failure);
}
