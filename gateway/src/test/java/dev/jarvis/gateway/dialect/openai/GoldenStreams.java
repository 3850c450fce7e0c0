package dev.jarvis.gateway.dialect.openai;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Streams of the shapes that providers document, in src/test/resources. */
final class GoldenStreams {
    private GoldenStreams() {}

    static byte[] read(String name) {
        try (InputStream in = GoldenStreams.class.getResourceAsStream("golden/" + name + ".sse")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
