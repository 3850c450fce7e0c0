package dev.jarvis.gateway.body;

import dev.jarvis.gateway.dialect.bytes.Slice;

import java.util.UUID;
import java.util.function.Supplier;

/** Takes down what one call sent and was answered. Belongs to the call's event loop. */
public interface BodyCapture {
    /** Where nothing is to be kept: takes nothing, copies nothing, asks for nothing. */
    BodyCapture NONE = new BodyCapture() {
        @Override
        public void piece(Slice piece) {}

        @Override
        public void answer(Slice body) {}

        @Override
        public void lost(UUID attempt, Supplier<Withheld> withheld) {}

        @Override
        public void end(UUID attempt) {}
    };

    /** A piece of a streamed answer, as the client gets it. */
    void piece(Slice piece);

    /** An answer that is no stream, as the client gets it. */
    void answer(Slice body);

    /** An attempt is over, and the client got nothing of what it brought. */
    void lost(UUID attempt, Supplier<Withheld> withheld);

    /** The call is over. @param attempt its last one */
    void end(UUID attempt);
}
