package dev.jarvis.gateway.dialect.bytes;

import java.security.SecureRandom;

/**
 * SipHash-2-4 under a key drawn at start: who sends the keys of an object cannot know which of them collide. A plain
 * seeded polynomial would not do, because some collisions hold for every seed.
 *
 * @see <a href="https://www.aumasson.jp/siphash/siphash.pdf">SipHash: a fast short-input PRF</a>
 */
final class SipHash {
    private static final SipHash SECRET = secret();

    private final long key0;
    private final long key1;

    SipHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** The one keyed for this process. */
    static SipHash keyed() {
        return SECRET;
    }

    private static SipHash secret() {
        SecureRandom random = new SecureRandom();
        return new SipHash(random.nextLong(), random.nextLong());
    }

    long of(byte[] bytes, int start, int length) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        int whole = length & ~7;
        for (int i = 0; i <= whole + 8; i += 8) {
            boolean last = i == whole + 8;
            long word = last ? 0 : word(bytes, start, length, i, whole);
            v3 ^= word;
            v2 ^= last ? 0xff : 0;
            for (int round = last ? 4 : 2; round > 0; round--) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v1;
                v0 += v3;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static long word(byte[] bytes, int start, int length, int i, int whole) {
        return i < whole
                ? Words.at(bytes, start + i)
                : Words.prefix(bytes, start + whole, length - whole) | (long) length << 56;
    }
}
