package dev.jarvis.gateway.body;

import dev.jarvis.platform.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * A JSON text with every text in it masked, so far as it fits. Texts are masked as they read, not as they are written: a key with
 * escaped line feeds is one. What is no JSON is masked as it stands.
 */
final class MaskedJson {
    /** What is masked beyond the bound, so that a secret that the bound cuts is whole when it is looked for. */
    private static final int BEYOND = 8 * 1024;

    private final int most;

    private MaskedJson(int most) {
        this.most = most;
    }

    static KeptText mask(byte[] bytes, int most) {
        return new MaskedJson(most).mask(bytes);
    }

    private KeptText mask(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean whole;
        try (JsonParser parser = Json.MAPPER.createParser(bytes);
                JsonGenerator generator = Json.MAPPER.createGenerator(out)) {
            whole = copy(parser, generator, out);
        } catch (JacksonException e) {
            return asText(bytes);
        }
        KeptText kept = KeptText.cut(out.toByteArray(), most);
        return whole ? kept : new KeptText(kept.text(), true);
    }

    /** @return whether all of it was copied */
    private boolean copy(JsonParser parser, JsonGenerator generator, ByteArrayOutputStream out) {
        boolean whole = true;
        String field = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (out.size() > most) {
                return false;
            }
            switch (token) {
                case PROPERTY_NAME -> {
                    field = parser.currentName();
                    generator.writeName(Masking.mask(field));
                }
                case VALUE_STRING -> {
                    String text = parser.getString();
                    whole &= text.length() <= most + BEYOND;
                    generator.writeString(masked(field, text));
                }
                case VALUE_NUMBER_INT -> number(parser.getString(), generator);
                case VALUE_NUMBER_FLOAT -> generator.writeNumber(parser.getString());
                default -> generator.copyCurrentEvent(parser);
            }
        }
        return whole;
    }

    private String masked(String field, String text) {
        Optional<String> secret = Masking.ofField(field);
        return secret.orElseGet(
                () -> Masking.mask(text.length() <= most + BEYOND ? text : text.substring(0, most + BEYOND)));
    }

    /** A telephone or card number may be written as one. */
    private static void number(String digits, JsonGenerator generator) {
        String masked = Masking.mask(digits);
        if (masked.equals(digits)) {
            generator.writeNumber(digits);
        } else {
            generator.writeString(masked);
        }
    }

    private KeptText asText(byte[] bytes) {
        KeptText begun = KeptText.cut(bytes, most + BEYOND);
        KeptText kept = KeptText.cut(Masking.mask(begun.text()), most);
        return new KeptText(kept.text(), kept.isCut() || begun.isCut());
    }
}
