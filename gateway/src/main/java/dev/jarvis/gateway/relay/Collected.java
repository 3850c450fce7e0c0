package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.dialect.bytes.Slice;

import java.util.Arrays;

/** A body that is needed whole, up to a limit. Most come in one piece and are never copied. */
final class Collected {
    private final int limit;
    private Slice content = new Slice(new byte[0], 0, 0);
    private boolean own;

    Collected(int limit) {
        this.limit = limit;
    }

    /** @return false if the body is over the limit; it is then of no use */
    boolean add(Slice part) {
        if (content.length() + (long) part.length() > limit) {
            return false;
        }
        if (content.length() == 0) {
            content = part;
            return true;
        }
        int length = content.length() + part.length();
        byte[] room = own && content.array().length >= length
                ? content.array()
                : Arrays.copyOfRange(
                        content.array(), content.offset(), content.offset() + Math.max(length, 2 * content.length()));
        System.arraycopy(part.array(), part.offset(), room, content.length(), part.length());
        content = new Slice(room, 0, length);
        own = true;
        return true;
    }

    Slice content() {
        return content;
    }
}
