package dev.jarvis.gateway.dialect.bytes;

import dev.jarvis.platform.json.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonCursorTest {
    private static JsonCursor over(byte[] text) {
        return JsonCursor.strict(text, 0, text.length);
    }

    private static JsonCursor whole(byte[] text) {
        JsonCursor cursor = over(text);
        cursor.skipValue();
        cursor.finish();
        return cursor;
    }

    private static boolean accepts(byte[] text) {
        return problem(text) == null;
    }

    private static JsonFault.@Nullable Problem problem(byte[] text) {
        try {
            whole(text);
            return null;
        } catch (JsonFault fault) {
            assertThat(fault.offset()).isBetween(0, text.length);
            return fault.problem();
        }
    }

    private static boolean jacksonAccepts(byte[] text) {
        try {
            CharBuffer decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return !Json.MAPPER.readTree(decoded.toString()).isMissingNode();
        } catch (CharacterCodingException | JacksonException e) {
            return false;
        }
    }

    /** A valid text, then one byte of it replaced, removed or doubled. */
    @Test
    void judgesRandomTextsAsJacksonDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] text = value(random, 4).getBytes(UTF_8);
            assertThat(accepts(text)).as("seed %d round %d", seed, round).isTrue();
            byte[] broken = mutated(text, random);
            if (problem(broken) == JsonFault.Problem.LONE_SURROGATE) {
                continue; // Jackson lets them through.
            }
            assertThat(accepts(broken))
                    .as("seed %d round %d: %s", seed, round, new String(broken, UTF_8))
                    .isEqualTo(jacksonAccepts(broken));
        }
    }

    private static byte[] mutated(byte[] text, Random random) {
        int at = random.nextInt(text.length);
        List<Byte> bytes = new ArrayList<>();
        for (int i = 0; i < text.length; i++) {
            if (i != at) {
                bytes.add(text[i]);
                continue;
            }
            switch (random.nextInt(3)) {
                case 0 -> {
                    bytes.add(text[i]);
                    bytes.add(text[i]);
                }
                case 1 -> bytes.add("{}[],:\"\\x01 -\u007f".getBytes(UTF_8)[random.nextInt(14)]);
                default -> {
                    // Left out.
                }
            }
        }
        byte[] mutated = new byte[bytes.size()];
        for (int i = 0; i < mutated.length; i++) {
            mutated[i] = bytes.get(i);
        }
        return mutated;
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> "null";
            case 1 -> random.nextBoolean() ? "true" : "false";
            case 2 -> String.valueOf(random.nextInt(-1000, 1000));
            case 3 -> random.nextInt(-9, 9) + "." + random.nextInt(1000) + "e" + random.nextInt(-9, 9);
            case 4, 5 -> string(random);
            case 6 -> {
                StringBuilder array = new StringBuilder("[");
                for (int i = random.nextInt(5); i > 0; i--) {
                    array.append(value(random, depth - 1)).append(i > 1 ? " , " : "\t");
                }
                yield array.append("]").toString();
            }
            default -> {
                StringBuilder object = new StringBuilder("{ ");
                int members = random.nextInt(25);
                for (int i = 0; i < members; i++) {
                    object.append(i > 0 ? ",\r\n" : "")
                            .append("\"key ")
                            .append(i)
                            .append("\":");
                    object.append(value(random, depth - 3));
                }
                yield object.append("}").toString();
            }
        };
    }

    private static String string(Random random) {
        String[] parts = {
            "a", "plain words ", "é", "你好", "😀", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", "/", "\u007f"
        };
        StringBuilder text = new StringBuilder("\"");
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.append('"').toString();
    }

    /** 2^13 keys that all have one String.hashCode, as Java's own maps would see them. */
    @Test
    void j21_collidingKeysCostNoMoreThanOthers() {
        List<String> keys = List.of("");
        for (int i = 0; i < 13; i++) {
            keys = keys.stream()
                    .flatMap(key -> List.of(key + "Aa", key + "BB").stream())
                    .toList();
        }
        assertThat(keys.stream().mapToInt(String::hashCode).distinct().count()).isEqualTo(1);
        StringBuilder text = new StringBuilder("{");
        keys.forEach(key -> text.append('"').append(key).append("\":1,"));
        text.setCharAt(text.length() - 1, '}');
        // A table at most half full: few comparisons per key, rebuilding included, and never one with each other key.
        assertThat(whole(text.toString().getBytes(UTF_8)).comparisons()).isLessThan(keys.size() * 10L);
    }

    @Test
    void j22_depthIsRefusedAtTheFirstBracketTooMany() {
        byte[] brackets = "[".repeat(10_000_000).getBytes(UTF_8);
        assertThatThrownBy(() -> whole(brackets)).isInstanceOfSatisfying(JsonFault.class, fault -> {
            assertThat(fault.problem()).isEqualTo(JsonFault.Problem.TOO_DEEP);
            assertThat(fault.offset()).isEqualTo(100);
        });
    }

    @Test
    void keysOfClosedObjectsAreForgotten() {
        String text = "[" + "{\"a\":{\"b\":1},\"b\":{\"a\":1}},".repeat(1_000) + "{}]";
        assertThat(whole(text.getBytes(UTF_8)).comparisons()).isEqualTo(1_000);
    }

    @Test
    void largeObjectInALargeObjectIsCheckedOnItsOwn() {
        StringBuilder inner = new StringBuilder("{");
        for (int i = 0; i < 50; i++) {
            inner.append("\"k").append(i).append("\":1,");
        }
        String open = inner.toString();
        assertThat(accepts((open + "\"x\":" + open + "\"y\":1},\"y\":" + open + "\"x\":1}}").getBytes(UTF_8)))
                .isTrue();
        assertThat(accepts((open + "\"x\":" + open + "\"y\":1},\"k49\":1}").getBytes(UTF_8)))
                .isFalse();
        assertThat(accepts((open + "\"\\u006b49\":1}").getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "12, 12",
        "-7, -7",
        "999999999999999999, 999999999999999999",
        "1.0,",
        "1e3,",
        "1000000000000000000,"
    })
    void readsWholeNumbersAsTheyAreWritten(String text, Long expected) {
        JsonCursor cursor = over(text.getBytes(UTF_8));
        cursor.skipValue();
        assertThat(cursor.literal()).isEqualTo(text);
        if (expected == null) {
            assertThat(cursor.integer()).isEmpty();
        } else {
            assertThat(cursor.integer()).hasValue(expected);
        }
    }

    @Test
    void lenientCursorLetsStringsBe() {
        byte[] text = "{\"a\":\"\\ud83d\",\"a\":\"??\"}".getBytes(UTF_8);
        text[text.length - 3] = (byte) 0x80;
        JsonCursor cursor = JsonCursor.lenient().reset(Slice.of(text));
        cursor.skipValue();
        cursor.finish();
        assertThat(cursor.position()).isEqualTo(text.length);
    }

    @Test
    void siphashGivesThePublishedValue() {
        byte[] message = new byte[15];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) i;
        }
        SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        assertThat(hash.of(message, 0, 15)).isEqualTo(0xa129ca6149be45e5L);
        byte[] inTheMiddle = new byte[40];
        System.arraycopy(message, 0, inTheMiddle, 9, 15);
        assertThat(hash.of(inTheMiddle, 9, 15)).isEqualTo(0xa129ca6149be45e5L);
    }

    @Test
    void findsNoLineEndPastTheRange() {
        byte[] text = "abcdefgh\nij\rkl\n".getBytes(UTF_8);
        assertThat(Words.lineEnd(text, 0, 15)).isEqualTo(8);
        assertThat(Words.lineEnd(text, 9, 15)).isEqualTo(11);
        assertThat(Words.lineEnd(text, 0, 8)).isEqualTo(8);
        assertThat(Words.lineEnd(text, 12, 14)).isEqualTo(14);
        assertThat(Words.nonAscii("aé你😀b".getBytes(UTF_8), 0, 11)).isEqualTo(9);
    }
}
