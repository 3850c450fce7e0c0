package dev.jarvis.gateway.body;

import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.dialect.openai.ChatRequest;
import dev.jarvis.platform.body.BodyPolicy;
import dev.jarvis.platform.identity.Identity;

/** Decides whether a call's bodies are kept, and keeps them. */
public interface BodyLog extends AutoCloseable {
    /** Keeps nothing. */
    BodyLog NONE = new BodyLog() {
        @Override
        public BodyPolicy policy(Identity caller, Model model) {
            return BodyPolicy.OFF;
        }

        @Override
        public BodyCapture capture(Identity caller, Model model, ChatRequest request, String requestId) {
            return BodyCapture.NONE;
        }

        @Override
        public void close() {}
    };

    /** What holds for this caller's calls of a model; cheap, and never blocks. */
    BodyPolicy policy(Identity caller, Model model);

    BodyCapture capture(Identity caller, Model model, ChatRequest request, String requestId);

    @Override
    void close() throws InterruptedException;
}
