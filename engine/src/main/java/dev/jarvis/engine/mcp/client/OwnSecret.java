package dev.jarvis.engine.mcp.client;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.util.Map;
import java.util.Optional;

/** The credential that a server is sent, taken out of whatever it says: errors like to repeat it, and models and logs are no place for it. */
record OwnSecret(Optional<String> value) {
    /** Shorter ones are no secrets, and stand in every text. */
    private static final int LEAST = 6;

    static OwnSecret of(Peer peer) {
        return new OwnSecret(peer.credential()
                .map(Map.Entry::getValue)
                .map(value -> value.startsWith("Bearer ") ? value.substring("Bearer ".length()) : value)
                .filter(value -> value.length() >= LEAST));
    }

    /** The message itself, changed. */
    JsonNode removedFrom(JsonNode message) {
        value.ifPresent(secret -> remove(secret, message));
        return message;
    }

    private static void remove(String secret, JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                if (holds(member.getValue(), secret)) {
                    member.setValue(without(member.getValue(), secret));
                } else {
                    remove(secret, member.getValue());
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (holds(array.get(i), secret)) {
                    array.set(i, without(array.get(i), secret));
                } else {
                    remove(secret, array.get(i));
                }
            }
        }
    }

    private static boolean holds(JsonNode node, String secret) {
        return node.isString() && node.stringValue().contains(secret);
    }

    private static JsonNode without(JsonNode text, String secret) {
        return StringNode.valueOf(text.stringValue().replace(secret, "[credential]"));
    }

    @Override
    public String toString() {
        return "OwnSecret";
    }
}
