package dev.jarvis.gateway.dialect.bytes;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The keys of all objects that are open at one point of a text, so that a second one of the same name is noticed. A
 * small object's keys are compared one by one, by eight bytes and the length; a larger one gets a hash table that its
 * sender cannot aim at.
 */
final class OpenKeys {
    private static final int LINEAR = 16;

    private final byte[] text;
    private long[] prefixes = new long[32];
    private int[] starts = new int[32];
    private int[] lengths = new int[32];
    /** Keys that were written with escape sequences, as they read; null for those found in the text. */
    private byte @Nullable [] @Nullable [] decoded;

    private int size;
    /** By depth; null while an object is small. */
    private int[] @Nullable [] tables = new int[8][];

    private long comparisons;

    OpenKeys(byte[] text) {
        this.text = text;
    }

    /** How many keys are open: what an object that opens now must remember as its base. */
    int size() {
        return size;
    }

    /** How often two keys were compared: the work, which must not grow faster than the text. */
    long comparisons() {
        return comparisons;
    }

    /** Forgets the keys of the object that opened at {@code base}. */
    void close(int base, int depth) {
        size = base;
        if (depth < tables.length) {
            tables[depth] = null;
        }
    }

    /**
     * Adds a key to the object at {@code depth}.
     *
     * @return false if the object has it already
     */
    boolean add(int base, int depth, int start, int length, long prefix) {
        return add(base, depth, null, start, length, prefix);
    }

    /** Adds a key that was written with escape sequences, as it reads. */
    boolean addDecoded(int base, int depth, byte[] key, long prefix) {
        return add(base, depth, key, 0, key.length, prefix);
    }

    private boolean add(int base, int depth, byte @Nullable [] own, int start, int length, long prefix) {
        push(own, start, length, prefix);
        int count = size - base;
        if (count > LINEAR) {
            return addHashed(base, depth, count);
        }
        for (int i = base; i < size - 1; i++) {
            if (isSame(i, size - 1)) {
                return false;
            }
        }
        return true;
    }

    private void push(byte @Nullable [] own, int start, int length, long prefix) {
        if (size == prefixes.length) {
            prefixes = Arrays.copyOf(prefixes, size * 2);
            starts = Arrays.copyOf(starts, size * 2);
            lengths = Arrays.copyOf(lengths, size * 2);
        }
        prefixes[size] = prefix;
        starts[size] = start;
        lengths[size] = length;
        remember(own);
        size++;
    }

    private void remember(byte @Nullable [] own) {
        if (decoded == null && own == null) {
            return;
        }
        if (decoded == null || decoded.length < prefixes.length) {
            decoded = decoded == null ? new byte[prefixes.length][] : Arrays.copyOf(decoded, prefixes.length);
        }
        decoded[size] = own;
    }

    private byte[] array(int key) {
        byte[] own = decoded == null || key >= decoded.length ? null : decoded[key];
        return own == null ? text : own;
    }

    private boolean isSame(int a, int b) {
        comparisons++;
        return prefixes[a] == prefixes[b]
                && lengths[a] == lengths[b]
                && (lengths[a] <= 8
                        || Arrays.equals(
                                array(a),
                                starts[a] + 8,
                                starts[a] + lengths[a],
                                array(b),
                                starts[b] + 8,
                                starts[b] + lengths[b]));
    }

    private boolean addHashed(int base, int depth, int count) {
        if (depth >= tables.length) {
            tables = Arrays.copyOf(tables, depth * 2);
        }
        int[] table = tables[depth];
        if (table == null || count * 2 > table.length) {
            table = new int[Integer.highestOneBit(count) * 8];
            tables[depth] = table;
            for (int i = base; i < size - 1; i++) {
                insert(table, i);
            }
        }
        return insert(table, size - 1);
    }

    /** Open addressing; a slot holds the key's index plus one. */
    private boolean insert(int[] table, int key) {
        int mask = table.length - 1;
        int slot = (int) SipHash.keyed().of(array(key), starts[key], lengths[key]) & mask;
        while (table[slot] != 0) {
            if (isSame(table[slot] - 1, key)) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        table[slot] = key + 1;
        return true;
    }
}
