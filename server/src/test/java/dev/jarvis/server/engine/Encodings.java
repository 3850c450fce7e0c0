package dev.jarvis.server.engine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The forms in which a text may lie on a wire. */
final class Encodings {
    private Encodings() {}

    /** As it is, reversed, in hexadecimal and percent-encoded; in base64 wherever it begins in what was encoded. */
    static List<String> of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        List<String> forms = new ArrayList<>(List.of(
                text,
                new StringBuilder(text).reverse().toString(),
                HexFormat.of().formatHex(bytes),
                URLEncoder.encode(text, StandardCharsets.US_ASCII)));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String encoded = encoder.withoutPadding().encodeToString(shifted);
                // The first and the last characters also hold bits of the neighbours.
                forms.add(encoded.substring(before == 0 ? 0 : before + 1, encoded.length() - 1));
            }
        }
        return forms;
    }
}
