package dev.jarvis.benchmarks.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends the tokens of all paced streams of one event loop. A token interval (50 ms) has one slot per millisecond, streams
 * are dealt over the slots in turn, and one timer walks the slots: thousands of streams cost one timer. A late timer does
 * not move what is due; the token says when it should have been sent.
 */
final class Pacer {

    private static final int SLOTS = 50;
    private static final long SLOT_NANOS = 1_000_000;

    private static final class Stream {
        final Channel channel;
        final boolean usage;
        int left;

        Stream(Channel channel, int tokens, boolean usage) {
            this.channel = channel;
            this.usage = usage;
            this.left = tokens;
        }
    }

    private final EventLoop loop;
    private final List<List<Stream>> slots = new ArrayList<>();
    private final byte[] scratch = Answers.scratch();
    private int nextFree;
    private int slot;
    private int streams;
    private long slotDue;
    private java.util.concurrent.@Nullable ScheduledFuture<?> timer;

    Pacer(EventLoop loop) {
        this.loop = loop;
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>());
        }
    }

    /** Opens a stream of {@code tokens} tokens on the channel. Called on its event loop. */
    void add(Channel channel, int tokens, boolean usage) {
        channel.writeAndFlush(Answers.STREAM_OPENING.duplicate());
        slots.get(nextFree).add(new Stream(channel, tokens, usage));
        nextFree = (nextFree + 1) % SLOTS;
        streams++;
        if (timer == null) {
            slotDue = System.nanoTime() + SLOT_NANOS;
            timer = loop.scheduleAtFixedRate(this::walk, SLOT_NANOS, SLOT_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void walk() {
        long now = System.nanoTime();
        while (slotDue <= now) {
            slots.get(slot).removeIf(this::sendNext);
            slot = (slot + 1) % SLOTS;
            slotDue += SLOT_NANOS;
        }
        if (streams == 0 && timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** Sends one token, or the end; true when the stream is over. */
    private boolean sendNext(Stream stream) {
        if (!stream.channel.isActive()) {
            streams--;
            return true;
        }
        if (stream.left-- == 0) {
            stream.channel.writeAndFlush((stream.usage ? Answers.CLOSING_WITH_USAGE : Answers.CLOSING).duplicate());
            streams--;
            return true;
        }
        stream.channel.writeAndFlush(Answers.token(stream.channel.alloc(), slotDue, scratch));
        return false;
    }
}
