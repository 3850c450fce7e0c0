package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.sse.Event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes ranges out of an event's data and leaves every other byte as it is. */
final class UsageCut {
    private UsageCut() {}

    /** @param cuts pairs of indexes in the array of the event's data, ascending */
    static List<Slice> of(Event event, int[] cuts, int count) {
        return event.isDataInOneLine() ? kept(event.raw(), cuts, count) : List.of(rewritten(event, cuts, count));
    }

    private static List<Slice> kept(Slice whole, int[] cuts, int count) {
        List<Slice> kept = new ArrayList<>(count / 2 + 1);
        int from = whole.offset();
        for (int i = 0; i < count; i += 2) {
            addUnlessEmpty(kept, whole.array(), from, cuts[i]);
            from = cuts[i + 1];
        }
        addUnlessEmpty(kept, whole.array(), from, whole.end());
        return kept;
    }

    private static void addUnlessEmpty(List<Slice> kept, byte[] array, int from, int to) {
        if (to > from) {
            kept.add(new Slice(array, from, to - from));
        }
    }

    /** JSON over several data lines, which no known provider sends: its other fields are given up, its lines kept. */
    private static Slice rewritten(Event event, int[] cuts, int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!event.name().isEmpty()) {
            out.writeBytes(("event: " + event.name() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
        for (Slice part : kept(event.data(), cuts, count)) {
            for (int i = part.offset(); i < part.end(); i++) {
                out.write(part.array()[i]);
                if (part.array()[i] == '\n') {
                    out.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
        out.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        return Slice.of(out.toByteArray());
    }
}
