package dev.jarvis.gateway.dialect.sse;

import dev.jarvis.gateway.dialect.bytes.Slice;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

/** Ways to cut a stream into slices, each slice in an array of its own with foreign bytes around it. */
public final class Feeding {
    private Feeding() {}

    /** The events of a stream, and what is left at its end. */
    public record Fed(List<Event> events, Slice rest) {}

    /** Feeds a whole stream in slices of the given sizes. */
    public static Fed feed(byte[] stream, IntSupplier sizes) {
        EventStreamReader reader = new EventStreamReader();
        List<Event> events = new ArrayList<>();
        feed(reader, stream, sizes, events);
        return new Fed(events, reader.rest());
    }

    static void feed(EventStreamReader reader, byte[] stream, IntSupplier sizes, List<Event> events) {
        for (int at = 0; at < stream.length; ) {
            int size = Math.min(sizes.getAsInt(), stream.length - at);
            byte[] padded = new byte[size + 5];
            padded[0] = '\n';
            padded[1] = '\n';
            padded[size + 2] = '\n';
            padded[size + 3] = '\n';
            System.arraycopy(stream, at, padded, 2, size);
            reader.feed(padded, 2, size, events::add);
            at += size;
        }
    }

    public static IntSupplier whole() {
        return () -> Integer.MAX_VALUE;
    }

    public static IntSupplier every(int bytes) {
        return () -> bytes;
    }

    public static IntSupplier cutAt(int position) {
        int[] sizes = {position, Integer.MAX_VALUE};
        int[] next = {0};
        return () -> sizes[next[0]++];
    }

    public static IntSupplier random(long seed) {
        Random random = new Random(seed);
        return () -> random.nextInt(5) == 0 ? 1 + random.nextInt(400) : 1 + random.nextInt(20);
    }

    public static byte[] joined(List<Slice> slices) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        slices.forEach(slice -> out.write(slice.array(), slice.offset(), slice.length()));
        return out.toByteArray();
    }
}
