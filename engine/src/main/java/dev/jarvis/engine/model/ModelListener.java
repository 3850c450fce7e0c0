package dev.jarvis.engine.model;

/** Hears an answer as it comes. */
public interface ModelListener {
    /** The gateway has taken the request under this id. */
    void accepted(String requestId);

    void text(String delta);

    void reasoning(String delta);

    /** Nothing more is there to be read for now. */
    void pause();

    /** Hears nothing of it: only the whole answer counts. */
    final class Silent implements ModelListener {
        @Override
        public void accepted(String requestId) {}

        @Override
        public void text(String delta) {}

        @Override
        public void reasoning(String delta) {}

        @Override
        public void pause() {}
    }
}
