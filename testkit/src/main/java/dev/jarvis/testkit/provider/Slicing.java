package dev.jarvis.testkit.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** How bytes are cut into separate writes. TCP may join them again; a write is flushed before the next begins. */
@FunctionalInterface
public interface Slicing {
    /** Lengths of the writes; their sum is {@code length}. */
    List<Integer> cut(int length);

    static Slicing whole() {
        return length -> List.of(length);
    }

    static Slicing every(int bytes) {
        return length -> {
            List<Integer> cuts = new ArrayList<>();
            for (int done = 0; done < length; done += bytes) {
                cuts.add(Math.min(bytes, length - done));
            }
            return cuts;
        };
    }

    /** One cut, after that many bytes. */
    static Slicing at(int position) {
        return length -> position <= 0 || position >= length ? List.of(length) : List.of(position, length - position);
    }

    /** Random pieces of 1 to 40 bytes, the same for the same seed. */
    static Slicing random(long seed) {
        return length -> {
            Random random = new Random(seed);
            List<Integer> cuts = new ArrayList<>();
            for (int done = 0; done < length; ) {
                int piece = Math.min(1 + random.nextInt(40), length - done);
                cuts.add(piece);
                done += piece;
            }
            return cuts;
        };
    }
}
