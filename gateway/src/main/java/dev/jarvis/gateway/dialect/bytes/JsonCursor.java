package dev.jarvis.gateway.dialect.bytes;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Walks over a JSON text without building anything. Strict about the grammar always; a {@linkplain #strict strict} one
 * also refuses invalid UTF-8, lone surrogates and duplicate keys, at any depth, in what it is asked to read and in what
 * it skips. It keeps its own stack, so no text can overflow the thread's.
 *
 * <p>Use: {@code beginObject(); while (nextMember()) { if (keyIs(NAME)) … else skipValue(); }}. Every member's value must
 * be read or skipped. All faults are {@link JsonFault}s.
 */
public final class JsonCursor {
    private final JsonLimits limits;
    private final StringScanner strings;
    private final @Nullable OpenKeys keys;

    private byte[] bytes;
    private int pos;
    private int end;

    private int depth;
    /** By depth: elements or members so far; for objects also where their keys begin. */
    private int[] counts = new int[16];

    private int[] bases = new int[16];
    private boolean[] objects = new boolean[16];

    /** The comma before the current member or element, -1 before the first. */
    private int separator;

    private int keyQuote;
    private byte[] keyArray;
    private int keyStart;
    private int keyLength;
    private long keyPrefix;

    private int valueStart;
    private int textEnd;
    private boolean textEscaped;

    private JsonCursor(JsonLimits limits, boolean strict, byte[] bytes, int start, int end) {
        this.limits = limits;
        this.strings = new StringScanner(strict);
        this.keys = strict ? new OpenKeys(bytes) : null;
        this.bytes = bytes;
        this.keyArray = bytes;
        this.pos = start;
        this.end = end;
    }

    /** For what clients send: the whole text must be in order. */
    public static JsonCursor strict(byte[] bytes, int start, int end) {
        return new JsonCursor(JsonLimits.REQUEST, true, bytes, start, end);
    }

    /** For what is only watched: any bytes may stand in strings, and of duplicate keys the reader sees both. */
    public static JsonCursor lenient() {
        return new JsonCursor(JsonLimits.WATCHED, false, new byte[0], 0, 0);
    }

    /** Starts on another text: a lenient cursor serves a whole stream. */
    public JsonCursor reset(Slice text) {
        if (keys != null) {
            throw new IllegalStateException("a strict cursor reads one text");
        }
        bytes = text.array();
        pos = text.offset();
        end = text.end();
        depth = 0;
        return this;
    }

    /** What the next value is. */
    public JsonKind kind() {
        int c = peek();
        return switch (c) {
            case '{' -> JsonKind.OBJECT;
            case '[' -> JsonKind.ARRAY;
            case '"' -> JsonKind.STRING;
            case 't' -> JsonKind.TRUE;
            case 'f' -> JsonKind.FALSE;
            case 'n' -> JsonKind.NULL;
            default -> {
                if (c != '-' && (c < '0' || c > '9')) {
                    throw fault(JsonFault.Problem.MALFORMED);
                }
                yield JsonKind.NUMBER;
            }
        };
    }

    public void beginObject() {
        begin('{', true);
    }

    public void beginArray() {
        begin('[', false);
    }

    private void begin(char bracket, boolean object) {
        if (peek() != bracket) {
            throw fault(JsonFault.Problem.MALFORMED);
        }
        if (depth == limits.depth()) {
            throw fault(JsonFault.Problem.TOO_DEEP);
        }
        pos++;
        depth++;
        if (depth == counts.length) {
            counts = Arrays.copyOf(counts, depth * 2);
            bases = Arrays.copyOf(bases, depth * 2);
            objects = Arrays.copyOf(objects, depth * 2);
        }
        counts[depth] = 0;
        objects[depth] = object;
        if (keys != null) {
            bases[depth] = keys.size();
        }
    }

    /** Goes to the next member's value and knows its key; false when the object is closed, which it then has left. */
    public boolean nextMember() {
        if (!next('}')) {
            if (keys != null) {
                keys.close(bases[depth + 1], depth + 1);
            }
            return false;
        }
        if (counts[depth] > limits.keys()) {
            throw fault(JsonFault.Problem.TOO_MANY_KEYS);
        }
        readKey();
        if (peek() != ':') {
            throw fault(JsonFault.Problem.MALFORMED);
        }
        pos++;
        return true;
    }

    /** Goes to the next element; false when the array is closed, which it then has left. */
    public boolean nextElement() {
        if (!next(']')) {
            return false;
        }
        if (counts[depth] > limits.elements()) {
            throw fault(JsonFault.Problem.TOO_MANY_ELEMENTS);
        }
        return true;
    }

    private boolean next(char closing) {
        int c = peek();
        if (c == closing) {
            pos++;
            depth--;
            return false;
        }
        separator = -1;
        if (counts[depth]++ > 0) {
            if (c != ',') {
                throw fault(JsonFault.Problem.MALFORMED);
            }
            separator = pos++;
        }
        return true;
    }

    private void readKey() {
        if (peek() != '"') {
            throw fault(JsonFault.Problem.MALFORMED);
        }
        keyQuote = pos;
        int start = pos + 1;
        int close = strings.close(bytes, start, end);
        if (close - start > limits.keyBytes()) {
            throw fault(JsonFault.Problem.KEY_TOO_LONG);
        }
        pos = close + 1;
        keyArray = bytes;
        keyStart = start;
        keyLength = close - start;
        if (strings.escaped()) {
            keyArray = Escapes.text(bytes, start, close).getBytes(StandardCharsets.UTF_8);
            keyStart = 0;
            keyLength = keyArray.length;
        }
        keyPrefix = Words.prefix(keyArray, keyStart, keyLength);
        if (keys != null && !addTo(keys)) {
            throw fault(JsonFault.Problem.DUPLICATE_KEY);
        }
    }

    private boolean addTo(OpenKeys open) {
        return strings.escaped()
                ? open.addDecoded(bases[depth], depth, keyArray, keyPrefix)
                : open.add(bases[depth], depth, keyStart, keyLength, keyPrefix);
    }

    /** Whether the current member has this key, however it is spelt. */
    public boolean keyIs(Name name) {
        return name.equals(keyPrefix, keyArray, keyStart, keyLength);
    }

    /** The current member's key. */
    public String key() {
        return new String(keyArray, keyStart, keyLength, StandardCharsets.UTF_8);
    }

    /** The comma before the current member, -1 if it is its object's first. Valid until the next member anywhere. */
    public int separator() {
        return separator;
    }

    /** The opening quote of the current member's key. Valid until the next member anywhere. */
    public int keyStart() {
        return keyQuote;
    }

    /** Where the next thing that is not white space stands. */
    public int skipWhitespace() {
        peek();
        return pos;
    }

    /** Goes past the next value, whatever it is. {@link #valueStart}, {@link #valueEnd} then say where it stood. */
    public void skipValue() {
        peek();
        int start = pos;
        int base = depth;
        step();
        while (depth > base) {
            if (objects[depth] ? nextMember() : nextElement()) {
                step();
            }
        }
        valueStart = start;
    }

    /** Goes past a scalar, or into a container. */
    private void step() {
        switch (kind()) {
            case OBJECT -> beginObject();
            case ARRAY -> beginArray();
            case STRING -> readString();
            case NUMBER -> skipNumber();
            case TRUE -> skipWord("true");
            case FALSE -> skipWord("false");
            case NULL -> skipWord("null");
        }
    }

    /** Reads a string: {@link #text}, {@link #textStart} and the like then speak of it. */
    public void readString() {
        if (peek() != '"') {
            throw fault(JsonFault.Problem.MALFORMED);
        }
        valueStart = pos;
        textEnd = strings.close(bytes, pos + 1, end);
        textEscaped = strings.escaped();
        pos = textEnd + 1;
    }

    private void skipWord(String word) {
        for (int i = 0; i < word.length(); i++, pos++) {
            if (pos >= end || bytes[pos] != word.charAt(i)) {
                throw fault(JsonFault.Problem.MALFORMED);
            }
        }
    }

    private void skipNumber() {
        int close = Numbers.close(bytes, pos, end);
        if (close - pos > limits.numberBytes()) {
            throw new JsonFault(JsonFault.Problem.NUMBER_TOO_LONG, close);
        }
        pos = close;
    }

    /** After the outermost value: nothing may follow but white space. */
    public void finish() {
        if (peek() >= 0) {
            throw fault(JsonFault.Problem.MALFORMED);
        }
    }

    /** The string read last. */
    public String text() {
        return textEscaped
                ? Escapes.text(bytes, textStart(), textEnd)
                : new String(bytes, textStart(), textEnd - textStart(), StandardCharsets.UTF_8);
    }

    /** Where the string read last begins, after its quote. */
    public int textStart() {
        return valueStart + 1;
    }

    /** Its closing quote. */
    public int textEnd() {
        return textEnd;
    }

    /** Whether the string read last is this one, written without escape sequences. */
    public boolean textIs(Name name) {
        int length = textEnd - textStart();
        return name.equals(Words.prefix(bytes, textStart(), length), bytes, textStart(), length);
    }

    /** Where the value read or skipped last begins. */
    public int valueStart() {
        return valueStart;
    }

    /** Where the value read or skipped last ends. */
    public int valueEnd() {
        return pos;
    }

    /** The value skipped last as a whole number: empty if it has a fraction, an exponent, or more than 18 digits. */
    public OptionalLong integer() {
        return Numbers.integer(bytes, valueStart, pos);
    }

    /** The value skipped last as it is written. */
    public String literal() {
        return new String(bytes, valueStart, pos - valueStart, StandardCharsets.US_ASCII);
    }

    /** The array that all indexes are of. */
    public byte[] array() {
        return bytes;
    }

    /** Where the text ends. */
    public int end() {
        return end;
    }

    /** Where the cursor stands. */
    public int position() {
        return pos;
    }

    /** How often keys were compared to find duplicates. */
    long comparisons() {
        return keys == null ? 0 : keys.comparisons();
    }

    /** The next byte that is not white space, or -1 at the end. */
    private int peek() {
        while (pos < end) {
            byte b = bytes[pos];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b & 0xFF;
            }
            pos++;
        }
        return -1;
    }

    private JsonFault fault(JsonFault.Problem problem) {
        return new JsonFault(problem, pos);
    }
}
