package dev.jarvis.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many streams at once, each at the pace of a model. They are opened over a ramp; in the window after it every token's
 * delay is counted from the moment at which the upstream was to send it.
 */
public final class PacedStreams implements Exchange {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final EventLoopGroup loops;
    private final Aim aim;
    private final ByteBuf request;
    private final int streams;
    private final Tally tally = new Tally();
    private final Set<ClientConnection> working = ConcurrentHashMap.newKeySet();
    private volatile long windowStart = Long.MAX_VALUE;
    private volatile long windowEnd = Long.MAX_VALUE;

    /** {@code request} must ask for a stream that lasts longer than ramp and window together. */
    public PacedStreams(EventLoopGroup loops, Aim aim, ByteBuf request, int streams) {
        this.loops = loops;
        this.aim = aim;
        this.request = request;
        this.streams = streams;
    }

    /** Runs once. {@code opened} is called when the window starts, {@code closing} when it ends. */
    public LoadResult run(Duration ramp, Duration window, Runnable opened, Runnable closing)
            throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < streams; i++) {
            sleepUntil(start + ramp.toNanos() * i / streams);
            open();
        }
        long settled = start + ramp.toNanos() + Duration.ofSeconds(1).toNanos();
        sleepUntil(settled);
        windowStart = System.nanoTime();
        windowEnd = windowStart + window.toNanos();
        opened.run();
        sleepUntil(windowEnd);
        closing.run();
        waitForEnds();
        return LoadResult.of(tally, window.toNanos() / 1e9);
    }

    private void open() {
        ClientConnection connection = new ClientConnection(this);
        working.add(connection);
        connection.connect(loops, aim).addListener(done -> {
            if (done.isSuccess()) {
                connection.execute(() -> connection.send(request, System.nanoTime()));
            } else {
                working.remove(connection);
                tally.failed.increment();
            }
        });
    }

    private void waitForEnds() throws InterruptedException {
        long patience = System.nanoTime() + GRACE.toNanos();
        while (!working.isEmpty() && System.nanoTime() < patience) {
            sleepUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20));
        }
        working.forEach(ClientConnection::close);
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        long left;
        while ((left = nanos - System.nanoTime()) > 0) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException("load run interrupted");
            }
        }
    }

    @Override
    public void token(long dueNanos) {
        if (dueNanos >= windowStart && dueNanos < windowEnd) {
            tally.tokens.increment();
            tally.delay(System.nanoTime() - dueNanos);
        }
    }

    @Override
    public void answered(ClientConnection connection, int status) {
        if (status == 200) {
            tally.completed.increment();
        } else {
            tally.failed.increment();
        }
        working.remove(connection);
        connection.close();
    }

    @Override
    public void closed(ClientConnection connection, boolean busy) {
        if (busy) {
            tally.failed.increment();
        }
        working.remove(connection);
    }
}
