package dev.jarvis.testkit.provider;

/** Where a streamed answer carries its usage: what providers are known to do (test plan T15–T17). */
public enum UsagePlacement {
    /** As OpenAI: one more chunk with empty choices, only when {@code stream_options.include_usage} asks for it. */
    WHEN_ASKED,
    /** That chunk whether asked or not. */
    ALWAYS,
    /** In the chunk that carries finish_reason. */
    FINISH_CHUNK,
    /** Cumulative in every chunk. */
    EVERY_CHUNK,
    /** A chunk with zeroes first, the real one at the end. */
    ZERO_FIRST,
    /** {@code "usage":null} in every chunk, the real one at the end. */
    NULL_THEN_REAL,
    /** {@code "usage":null} in every chunk and never a real one. */
    NULL_ALWAYS,
    /** After {@code [DONE]}. */
    AFTER_DONE,
    /** Twice, the second with the true values. */
    TWICE,
    /** Not at all, although asked. */
    NEVER
}
