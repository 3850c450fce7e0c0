package dev.jarvis.engine.attachment;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Text in the encodings that people here have: UTF-8, UTF-16 where a byte order mark says so, and GB18030, in which older
 * Chinese programs write. GB18030 gives a character for almost any two bytes, so it is believed only where Chinese comes out.
 */
final class TextDecoding {
    private static final Charset GB18030 = Charset.forName("GB18030");

    private TextDecoding() {}

    /** @return empty if the bytes are no text */
    static Optional<String> decode(byte[] bytes) {
        if (begins(bytes, 0xEF, 0xBB, 0xBF)) {
            return strictly(bytes, 3, StandardCharsets.UTF_8).filter(TextDecoding::isText);
        }
        if (begins(bytes, 0xFF, 0xFE)) {
            return strictly(bytes, 2, StandardCharsets.UTF_16LE).filter(TextDecoding::isText);
        }
        if (begins(bytes, 0xFE, 0xFF)) {
            return strictly(bytes, 2, StandardCharsets.UTF_16BE).filter(TextDecoding::isText);
        }
        return strictly(bytes, 0, StandardCharsets.UTF_8)
                .filter(TextDecoding::isText)
                .or(() ->
                        strictly(bytes, 0, GB18030).filter(TextDecoding::isText).filter(TextDecoding::isChinese));
    }

    private static boolean begins(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> strictly(byte[] bytes, int from, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Without what only other files have; colours of a terminal's log may stay. */
    private static boolean isText(String text) {
        return text.chars()
                .allMatch(c -> c >= ' ' ? c != 0x7F && c != 0xFFFE && c != 0xFFFF : "\t\n\r\f\b\u001b".indexOf(c) >= 0);
    }

    private static boolean isChinese(String text) {
        long foreign = text.codePoints().filter(c -> c > 0x7F).count();
        long chinese = text.codePoints()
                .filter(c -> c > 0x7F)
                .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN
                        || (c >= 0x3000 && c <= 0x303F)
                        || (c >= 0xFF00 && c <= 0xFFEF)
                        || (c >= 0x2010 && c <= 0x2030))
                .count();
        return chinese * 10 >= foreign * 9;
    }
}
