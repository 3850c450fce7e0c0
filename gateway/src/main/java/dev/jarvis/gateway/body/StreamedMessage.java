package dev.jarvis.gateway.body;

import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.sse.EventStreamReader;
import dev.jarvis.gateway.dialect.sse.EventTooLargeException;
import dev.jarvis.platform.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The message that the pieces of a stream make: what a client has read at its end, and what can be masked, since a secret lies
 * across pieces. What of the stream is no piece of a message, such as an error, stands beside it as it came.
 */
final class StreamedMessage {
    private final ObjectNode whole = Json.MAPPER.createObjectNode();
    private final Map<Integer, ObjectNode> choices = new TreeMap<>();
    private final ArrayNode others = Json.MAPPER.createArrayNode();

    private StreamedMessage() {}

    /** @return JSON; nothing where nothing came */
    static byte[] assemble(byte[] stream) {
        if (stream.length == 0) {
            return stream;
        }
        StreamedMessage message = new StreamedMessage();
        try {
            new EventStreamReader().feed(stream, 0, stream.length, event -> {
                if (event.hasData()) {
                    message.add(event.data());
                }
            });
        } catch (EventTooLargeException e) {
            message.others.add("an event over " + EventStreamReader.DEFAULT_EVENT_CAP + " bytes");
        }
        return Json.MAPPER.writeValueAsBytes(message.json());
    }

    private void add(Slice data) {
        JsonNode chunk;
        try {
            chunk = Json.MAPPER.readTree(data.array(), data.offset(), data.length());
        } catch (JacksonException e) {
            String text = new String(data.toBytes(), StandardCharsets.UTF_8);
            if (!text.strip().equals("[DONE]")) {
                others.add(text);
            }
            return;
        }
        if (!chunk.isObject() || chunk.has("error")) {
            others.add(chunk);
            return;
        }
        chunk.properties().forEach(property -> {
            if (!property.getKey().equals("choices") && !property.getValue().isNull()) {
                whole.set(property.getKey(), property.getValue());
            }
        });
        for (JsonNode choice : chunk.path("choices")) {
            add(choice);
        }
    }

    private void add(JsonNode choice) {
        int index = choice.path("index").asInt(0);
        ObjectNode made = choices.computeIfAbsent(index, i -> {
            ObjectNode begun = Json.MAPPER.createObjectNode();
            begun.put("index", i);
            begun.putObject("message");
            return begun;
        });
        ObjectNode message = (ObjectNode) made.get("message");
        choice.path("delta").properties().forEach(property -> {
            if (property.getKey().equals("tool_calls")) {
                property.getValue().forEach(call -> addCall(message, call));
            } else {
                append(message, property.getKey(), property.getValue());
            }
        });
        choice.properties().forEach(property -> {
            if (!property.getKey().equals("delta")
                    && !property.getKey().equals("index")
                    && !property.getValue().isNull()) {
                made.set(property.getKey(), property.getValue());
            }
        });
    }

    private static void addCall(ObjectNode message, JsonNode call) {
        ArrayNode calls =
                message.has("tool_calls") ? (ArrayNode) message.get("tool_calls") : message.putArray("tool_calls");
        int index = call.path("index").asInt(0);
        ObjectNode made = null;
        for (JsonNode known : calls) {
            if (known.path("index").asInt(0) == index) {
                made = (ObjectNode) known;
            }
        }
        if (made == null) {
            made = calls.addObject();
            made.put("index", index);
        }
        merge(made, call);
    }

    private static void merge(ObjectNode into, JsonNode piece) {
        for (Map.Entry<String, JsonNode> property : piece.properties()) {
            if (property.getValue().isObject()) {
                ObjectNode inner = into.has(property.getKey())
                        ? (ObjectNode) into.get(property.getKey())
                        : into.putObject(property.getKey());
                merge(inner, property.getValue());
            } else if (!property.getKey().equals("index")) {
                append(into, property.getKey(), property.getValue());
            }
        }
    }

    private static void append(ObjectNode into, String name, JsonNode piece) {
        if (piece.isNull()) {
            return;
        }
        if (piece.isString() && into.path(name).isString() && !isName(name)) {
            into.put(name, into.path(name).stringValue() + piece.stringValue());
        } else {
            into.set(name, piece);
        }
    }

    /** Of these, providers repeat the whole value in every piece. */
    private static boolean isName(String name) {
        return name.equals("role") || name.equals("id") || name.equals("type");
    }

    private ObjectNode json() {
        if (!choices.isEmpty()) {
            ArrayNode all = whole.putArray("choices");
            choices.values().forEach(all::add);
        }
        if (!others.isEmpty()) {
            whole.set("other_events", others);
        }
        return whole;
    }
}
