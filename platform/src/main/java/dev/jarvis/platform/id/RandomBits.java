package dev.jarvis.platform.id;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;

/** Secure random bits, fetched many at a time: asked for eight bytes, the generator spends most of its time on being asked. */
final class RandomBits {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final SecureRandom source;
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] bits = new byte[128 * Long.BYTES];
    private int at = bits.length;

    RandomBits(SecureRandom source) {
        this.source = source;
    }

    long next() {
        lock.lock();
        try {
            if (at == bits.length) {
                source.nextBytes(bits);
                at = 0;
            }
            long next = (long) LONGS.get(bits, at);
            at += Long.BYTES;
            return next;
        } finally {
            lock.unlock();
        }
    }
}
