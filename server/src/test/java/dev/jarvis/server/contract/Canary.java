package dev.jarvis.server.contract;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A secret that can be recognised wherever it turns up, in the forms in which secrets leak. */
record Canary(String what, String secret) {
    private static final int PREFIX = 12;

    /** The forms, by name. Prefixes of base64 and hex stand for encodings of a text that the secret begins. */
    Map<String, String> forms() {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(bytes);
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("plain", secret);
        forms.put("prefix", secret.substring(0, Math.min(secret.length(), PREFIX)));
        forms.put("hex", hex);
        forms.put("upper-case hex", hex.toUpperCase(Locale.ROOT));
        forms.put("base64", Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.put("base64url", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        forms.put("base64 one byte on", base64Within(bytes, 1));
        forms.put("base64 two bytes on", base64Within(bytes, 2));
        forms.put("URL-encoded", URLEncoder.encode(secret, StandardCharsets.UTF_8));
        return forms;
    }

    /** What is the same in base64 however the text before the secret goes on, if it ends so many bytes into a group. */
    private static String base64Within(byte[] bytes, int offset) {
        int skipped = 3 - offset;
        int whole = (bytes.length - skipped) / 3 * 3;
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, skipped, skipped + whole));
    }

    @Override
    public String toString() {
        return "Canary[" + what + "]";
    }
}
