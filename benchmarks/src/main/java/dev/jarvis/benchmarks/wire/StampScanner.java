package dev.jarvis.benchmarks.wire;

import io.netty.buffer.ByteBuf;

import java.util.function.LongConsumer;

/** Finds stamps in a stream that arrives in pieces cut anywhere. */
public final class StampScanner {

    private final LongConsumer found;
    private int matched;
    private long value;

    /** @param found is told the nanoseconds of each stamp */
    public StampScanner(LongConsumer found) {
        this.found = found;
    }

    /** Forgets a stamp that was cut off by the end of its stream. */
    public void restart() {
        matched = 0;
    }

    /** Looks through one piece of the stream. */
    public void scan(ByteBuf in, int index, int length) {
        int at = index;
        int end = index + length;
        while (at < end) {
            if (matched == 0) {
                int mark = in.indexOf(at, end, Stamp.MARK);
                if (mark < 0) {
                    return;
                }
                at = mark + 1;
                matched = 1;
                value = 0;
            } else {
                take(in.getByte(at++));
            }
        }
    }

    private void take(byte next) {
        if (matched == 1) {
            matched = next == 'T' ? 2 : 0;
            return;
        }
        value = value << 4 | Character.digit(next, 16);
        if (++matched == Stamp.LENGTH) {
            matched = 0;
            found.accept(value);
        }
    }
}
