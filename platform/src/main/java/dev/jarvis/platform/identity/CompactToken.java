package dev.jarvis.platform.identity;

import dev.jarvis.platform.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The three parts of a signed token (RFC 7515 §7.1), read strictly: base64url without padding, in its one canonical
 * spelling, holding JSON objects without duplicate names. Nothing in them is believed yet.
 *
 * @param signed what the signature covers
 */
record CompactToken(JsonNode header, JsonNode claims, byte[] signed, byte[] signature) {
    /** Empty if the text is not such a token. */
    static Optional<CompactToken> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode header = Json.MAPPER.readTree(decode(parts[0]));
            JsonNode claims = Json.MAPPER.readTree(decode(parts[1]));
            if (!header.isObject() || !claims.isObject()) {
                return Optional.empty();
            }
            byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
            return Optional.of(new CompactToken(header, claims, signed, decode(parts[2])));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Java's decoder takes padding and stray trailing bits; encoding again shows whether there were any. */
    private static byte[] decode(String part) {
        byte[] bytes = Base64.getUrlDecoder().decode(part);
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
            throw new IllegalArgumentException("not canonical base64url");
        }
        return bytes;
    }
}
