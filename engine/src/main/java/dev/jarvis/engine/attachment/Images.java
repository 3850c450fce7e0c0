package dev.jarvis.engine.attachment;

import dev.jarvis.platform.http.Refusal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Tells images from other files and reads their size, out of their first bytes. Nothing is decoded: an image that is a few
 * kilobytes here can be gigabytes of pixels.
 */
final class Images {
    /** What models take; larger ones are refused or scaled down by their providers. */
    private static final int MOST_PIXELS_A_SIDE = 8_000;

    private static final int MARKER = 0xFF;

    private Images() {}

    /**
     * @return empty if it is no image of a kind that models read
     * @throws Refusal 400 {@code invalid_image}, {@code image_too_large}
     */
    static Optional<FileContent> read(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        try {
            if (begins(bytes, 0, "\u0089PNG\r\n\u001a\n")) {
                return Optional.of(image("image/png", file.getInt(16), file.getInt(20)));
            }
            if (begins(bytes, 0, "GIF87a") || begins(bytes, 0, "GIF89a")) {
                file.order(ByteOrder.LITTLE_ENDIAN);
                return Optional.of(image("image/gif", file.getShort(6) & 0xFFFF, file.getShort(8) & 0xFFFF));
            }
            if (begins(bytes, 0, "RIFF") && begins(bytes, 8, "WEBP")) {
                return Optional.of(webp(bytes, file.order(ByteOrder.LITTLE_ENDIAN)));
            }
            if (begins(bytes, 0, "\u00ff\u00d8\u00ff")) {
                return Optional.of(jpeg(file));
            }
            return Optional.empty();
        } catch (IndexOutOfBoundsException e) {
            throw broken();
        }
    }

    private static FileContent webp(byte[] bytes, ByteBuffer file) {
        if (begins(bytes, 12, "VP8X")) {
            return image("image/webp", 1 + (file.getInt(24) & 0xFFFFFF), 1 + (file.getInt(26) >>> 8));
        }
        if (begins(bytes, 12, "VP8L")) {
            int packed = file.getInt(21);
            return image("image/webp", 1 + (packed & 0x3FFF), 1 + ((packed >>> 14) & 0x3FFF));
        }
        if (begins(bytes, 12, "VP8 ")) {
            return image("image/webp", file.getShort(26) & 0x3FFF, file.getShort(28) & 0x3FFF);
        }
        throw broken();
    }

    /** From segment to segment until the one that begins a frame. */
    private static FileContent jpeg(ByteBuffer file) {
        for (int at = 2; ; ) {
            while ((file.get(at) & MARKER) == MARKER && (file.get(at + 1) & MARKER) == MARKER) {
                at++;
            }
            if ((file.get(at) & MARKER) != MARKER) {
                throw broken();
            }
            int kind = file.get(at + 1) & MARKER;
            boolean frame = kind >= 0xC0 && kind <= 0xCF && kind != 0xC4 && kind != 0xC8 && kind != 0xCC;
            if (frame) {
                return image("image/jpeg", file.getShort(at + 7) & 0xFFFF, file.getShort(at + 5) & 0xFFFF);
            }
            if (kind == 0xD9 || kind == 0xDA) {
                throw broken();
            }
            at += 2 + (file.getShort(at + 2) & 0xFFFF);
        }
    }

    private static FileContent image(String type, int width, int height) {
        if (width == 0 || height == 0) {
            throw broken();
        }
        if (Integer.compareUnsigned(width, MOST_PIXELS_A_SIDE) > 0
                || Integer.compareUnsigned(height, MOST_PIXELS_A_SIDE) > 0) {
            throw Refusal.badRequest(
                    "image_too_large",
                    "The image has " + Integer.toUnsignedString(width) + " × " + Integer.toUnsignedString(height)
                            + " pixels; " + MOST_PIXELS_A_SIDE + " a side are the most. Make it smaller.",
                    null);
        }
        return FileContent.image(type, width, height);
    }

    private static boolean begins(byte[] bytes, int at, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.length <= at + i || bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static Refusal broken() {
        return Refusal.badRequest("invalid_image", "The image is cut off or damaged.", null);
    }
}
