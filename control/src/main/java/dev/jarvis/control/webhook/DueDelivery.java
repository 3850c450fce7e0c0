package dev.jarvis.control.webhook;

import dev.jarvis.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/**
 * A delivery that this node has claimed, with what it takes to send it.
 *
 * @param sealed the signing secret
 * @param payload JSON
 * @param attempts with the one that is to be made
 */
record DueDelivery(
        UUID id,
        UUID webhookId,
        URI url,
        byte[] sealed,
        UUID eventId,
        String type,
        String payload,
        Instant raisedAt,
        int attempts) {

    /** The same bytes at every attempt. */
    byte[] body() {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("type", type);
        body.put("timestamp", raisedAt.toString());
        body.set("data", Json.MAPPER.readTree(payload));
        return Json.MAPPER.writeValueAsBytes(body);
    }
}
