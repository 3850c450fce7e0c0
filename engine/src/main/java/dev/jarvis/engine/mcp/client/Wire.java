package dev.jarvis.engine.mcp.client;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as strangers send it: no deeper than anybody means, nothing twice, numbers kept exactly. */
final class Wire {
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final int MOST_DEPTH = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Wire() {}

    static byte[] bytes(JsonNode message) {
        return MAPPER.writeValueAsBytes(message);
    }

    static JsonNode read(byte[] text) throws McpException {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new McpException(
                    McpException.Kind.BAD_ANSWER, "The server's answer is not valid JSON, or is nested too deeply.");
        }
    }

    static ObjectNode notification(String method) {
        return NODES.objectNode().put("jsonrpc", "2.0").put("method", method);
    }

    static ObjectNode request(long id, String method, ObjectNode params) {
        ObjectNode message =
                NODES.objectNode().put("jsonrpc", "2.0").put("id", id).put("method", method);
        message.set("params", params);
        return message;
    }

    /** A stranger's text, for an error: short, on one line, without what could hide or forge. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(300).forEach(c -> plain.appendCodePoint(Characters.isPlain(c) ? c : ' '));
        return plain.toString().strip();
    }
}
