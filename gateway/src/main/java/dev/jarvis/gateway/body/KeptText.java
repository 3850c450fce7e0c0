package dev.jarvis.gateway.body;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What is kept of a body. */
record KeptText(String text, boolean isCut) {
    /** The beginning of it, up to a whole character. What is no UTF-8 is replaced as it is read. */
    static KeptText cut(byte[] bytes, int most) {
        if (bytes.length <= most) {
            return new KeptText(new String(bytes, StandardCharsets.UTF_8), false);
        }
        int end = most;
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new KeptText(new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8), true);
    }

    static KeptText cut(String text, int most) {
        return cut(text.getBytes(StandardCharsets.UTF_8), most);
    }

    /** Its size only. */
    @Override
    public String toString() {
        return "KeptText[" + text.length() + " characters]";
    }
}
