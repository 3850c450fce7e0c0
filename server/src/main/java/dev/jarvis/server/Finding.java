package dev.jarvis.server;

/** What a check of {@code doctor} found. */
sealed interface Finding {
    String text();

    /** As it should be. */
    record Fine(String text) implements Finding {}

    /** Works, and could be better. */
    record Notable(String text) implements Finding {}

    /** A server would not start, or would be unsafe. */
    record Broken(String text) implements Finding {}
}
