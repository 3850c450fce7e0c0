package dev.jarvis.gateway.dialect.bytes;

/** UTF-8 as RFC 3629 has it: shortest forms only, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
    private Utf8() {}

    /** Whether the whole range is valid. */
    public static boolean isValid(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end) {
            if (bytes[i] >= 0) {
                i++;
            } else {
                int next = sequenceEnd(bytes, i, end);
                if (next < 0) {
                    return false;
                }
                i = next;
            }
        }
        return true;
    }

    /**
     * The index of the next ASCII byte, or {@code end}.
     *
     * @throws JsonFault if a sequence before it is invalid
     */
    static int skipNonAscii(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && bytes[i] < 0) {
            int next = sequenceEnd(bytes, i, end);
            if (next < 0) {
                throw new JsonFault(JsonFault.Problem.BAD_ENCODING, i);
            }
            i = next;
        }
        return i;
    }

    private static int sequenceEnd(byte[] bytes, int i, int end) {
        int first = bytes[i] & 0xFF;
        if (first >= 0xE0 && first < 0xF0) {
            return isThree(bytes, i, end, first) ? i + 3 : -1;
        }
        if (first >= 0xC2 && first < 0xE0) {
            return i + 1 < end && isContinuation(bytes[i + 1]) ? i + 2 : -1;
        }
        if (first >= 0xF0 && first < 0xF5) {
            return isFour(bytes, i, end, first) ? i + 4 : -1;
        }
        return -1;
    }

    private static boolean isThree(byte[] bytes, int i, int end, int first) {
        if (i + 2 >= end || !isContinuation(bytes[i + 1]) || !isContinuation(bytes[i + 2])) {
            return false;
        }
        int second = bytes[i + 1] & 0xFF;
        return (first != 0xE0 || second >= 0xA0) && (first != 0xED || second < 0xA0);
    }

    private static boolean isFour(byte[] bytes, int i, int end, int first) {
        if (i + 3 >= end
                || !isContinuation(bytes[i + 1])
                || !isContinuation(bytes[i + 2])
                || !isContinuation(bytes[i + 3])) {
            return false;
        }
        int second = bytes[i + 1] & 0xFF;
        return (first != 0xF0 || second >= 0x90) && (first != 0xF4 || second < 0x90);
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
