package dev.jarvis.testkit.provider;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** One thing a script does on the socket. Steps run in order; when the other side goes away the rest are left out. */
public sealed interface Step {
    /** How the end of a body is told. */
    enum Framing {
        CHUNKED,
        /** The head's own {@code content-length} tells it; bodies are written as they are. */
        LENGTH,
        /** The connection closes after the body. */
        CLOSE
    }

    /**
     * The status line and headers. Without it, the first body step writes one: 200, {@code text/event-stream}, chunked.
     *
     * @param gzip the body is compressed, each write flushed on its own
     */
    record Head(int status, Map<String, String> headers, Framing framing, boolean gzip) implements Step {}

    /** Bytes of the body, framed as the head says; each slice is a chunk of its own. */
    record Body(byte[] bytes, Slicing slicing) implements Step {
        public static Body of(String text) {
            return new Body(text.getBytes(StandardCharsets.UTF_8), Slicing.whole());
        }
    }

    /** Bytes put on the socket as they are: heads, 1xx answers, broken framing. */
    record Raw(byte[] bytes, Slicing slicing) implements Step {
        public static Raw of(String text) {
            return new Raw(text.getBytes(StandardCharsets.ISO_8859_1), Slicing.whole());
        }
    }

    /** Output tokens made and not yet written; those that a body step follows count as written with it. */
    record Generate(long tokens) implements Step {}

    /** A usage that the next body step carries. */
    record Report(Usage usage) implements Step {}

    /** The next body step is the answer's proper end. */
    record Terminal() implements Step {}

    /** The body's end, as the framing tells it. The connection stays open for the next request, except with {@link Framing#CLOSE}. */
    record End() implements Step {}

    record Delay(Duration time) implements Step {}

    /** Waits until the test opens the gate. */
    record Pause(Gate gate) implements Step {}

    /** Does nothing more until the other side goes away or the provider is stopped. */
    record Stall() implements Step {}

    /** The bytes one by one, with a time between them, over and over. */
    record Trickle(byte[] bytes, Duration every) implements Step {}

    /** One line without an end: {@code data: xxxx…}. */
    record EndlessLine(long bytes) implements Step {}

    /** RST: closes at once and throws away what is unsent (SO_LINGER 0). */
    record Reset() implements Step {}

    /** FIN: closes without ending the body. */
    record Fin() implements Step {}
}
