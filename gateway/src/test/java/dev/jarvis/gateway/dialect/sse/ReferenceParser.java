package dev.jarvis.gateway.dialect.sse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The event stream grammar of WHATWG HTML 9.2.6, written down as it is told there, over a whole text at once. */
final class ReferenceParser {
    /** An event as a client would see it. */
    record Dispatched(String name, String data) {}

    private ReferenceParser() {}

    static List<Dispatched> parse(byte[] stream) {
        String text = new String(stream, StandardCharsets.UTF_8);
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        List<Dispatched> events = new ArrayList<>();
        String name = "";
        List<String> data = new ArrayList<>();
        for (String line : text.split("\r\n|\n|\r", -1)) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    events.add(new Dispatched(name, String.join("\n", data)));
                }
                name = "";
                data.clear();
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            if (value.startsWith(" ")) {
                value = value.substring(1);
            }
            switch (field) {
                case "event" -> name = value;
                case "data" -> data.add(value);
                default -> {
                    // Comments, ids, retry times, unknown fields: nothing that is dispatched.
                }
            }
        }
        return events;
    }
}
