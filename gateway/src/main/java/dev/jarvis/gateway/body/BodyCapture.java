package dev.jarvis.gateway.body;

import dev.jarvis.gateway.dialect.bytes.Slice;

import java.util.UUID;

/** Takes down what one call sent and was answered. Belongs to the call's event loop. */
public interface BodyCapture {
    /** Where nothing is to be kept: takes nothing, copies nothing. */
    BodyCapture NONE = new BodyCapture() {
        @Override
        public void add(Slice piece) {}

        @Override
        public void end(UUID attempt) {}
    };

    /** A piece of the answer, or all of it, as the client gets it. */
    void add(Slice piece);

    /** The call is over. @param attempt its last one */
    void end(UUID attempt);
}
