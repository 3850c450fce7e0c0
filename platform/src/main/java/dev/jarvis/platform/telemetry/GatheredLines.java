package dev.jarvis.platform.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Writes lines to a stream from a thread of its own, all lines of some milliseconds at once: a write for each line is a
 * system call on the event loop, and one that stands still when nobody reads the stream.
 *
 * <p>What waits is bounded. A line that finds no room is lost, and the number of lost lines is told as soon as the stream
 * takes lines again; ordinary lines leave the last quarter of the room to urgent ones.
 */
final class GatheredLines implements AutoCloseable {
    private static final int FIRST_ROOM = 16 * 1024;

    private final OutputStream out;
    private final int most;
    private final Duration gather;
    private final LongFunction<byte[]> lossLine;
    private final Consumer<IOException> broken;
    private final Thread writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();

    /** What the next write takes, and the room of the write before it. Guarded by the lock, as all below. */
    private byte[] filling = new byte[FIRST_ROOM];

    private byte[] spare = new byte[FIRST_ROOM];
    private int filled;
    private long lost;
    private boolean writing;
    private boolean idle;
    private boolean hurried;
    private boolean closed;

    /**
     * Starts the thread.
     *
     * @param most bytes that may wait
     * @param gather how long lines wait for others after a write; the first line after a silence goes out at once
     * @param lossLine the line that tells how many lines were lost
     * @param broken is told of a write that failed; its lines count as lost
     */
    GatheredLines(
            OutputStream out, int most, Duration gather, LongFunction<byte[]> lossLine, Consumer<IOException> broken) {
        this.out = out;
        this.most = most;
        this.gather = gather;
        this.lossLine = lossLine;
        this.broken = broken;
        this.writer = Thread.ofPlatform().name("log-writer").daemon().unstarted(this::run);
        writer.start();
    }

    /**
     * Adds a line. Never waits for the stream.
     *
     * @param urgent goes out without waiting for others
     */
    void add(byte[] line, boolean urgent) {
        boolean wake;
        lock.lock();
        try {
            if (closed || filled + line.length > (urgent ? most : most - most / 4)) {
                lost++;
                return;
            }
            if (filling.length - filled < line.length) {
                filling = Arrays.copyOf(filling, Math.min(most, Math.max(2 * filling.length, filled + line.length)));
            }
            System.arraycopy(line, 0, filling, filled, line.length);
            filled += line.length;
            wake = idle || urgent || hurried;
            idle = false;
        } finally {
            lock.unlock();
        }
        if (wake) {
            LockSupport.unpark(writer);
        }
    }

    /** From now on every line goes out at once: the process ends soon. Waits a moment for what is there already. */
    void hurry(Duration patience) {
        lock.lock();
        try {
            hurried = true;
            LockSupport.unpark(writer);
            long left = patience.toNanos();
            while ((filled > 0 || writing) && left > 0) {
                left = drained.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is there, unless the stream stands still for a second, and takes no more. */
    @Override
    public void close() {
        hurry(Duration.ofSeconds(1));
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(writer);
    }

    private void run() {
        while (writeOnce()) {
            // until it is closed
        }
    }

    private boolean writeOnce() {
        byte[] lines;
        int length;
        long untold;
        lock.lock();
        try {
            if (filled == 0 && closed) {
                return false;
            }
            idle = filled == 0;
            writing = !idle;
            lines = filling;
            length = filled;
            untold = lost;
            if (writing) {
                filling = spare;
                spare = lines;
                filled = 0;
                lost = 0;
            }
        } finally {
            lock.unlock();
        }
        if (length == 0) {
            LockSupport.park(this);
            return true;
        }
        write(lines, length, untold);
        if (!isHurried()) {
            LockSupport.parkNanos(this, gather.toNanos());
        }
        return true;
    }

    private void write(byte[] lines, int length, long untold) {
        long failed = 0;
        try {
            if (untold > 0) {
                out.write(lossLine.apply(untold));
            }
            out.write(lines, 0, length);
            out.flush();
        } catch (IOException e) {
            failed = untold + linesIn(lines, length);
            broken.accept(e);
        }
        lock.lock();
        try {
            lost += failed;
            writing = false;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isHurried() {
        lock.lock();
        try {
            return hurried;
        } finally {
            lock.unlock();
        }
    }

    private static long linesIn(byte[] lines, int length) {
        long count = 0;
        for (int i = 0; i < length; i++) {
            count += lines[i] == '\n' ? 1 : 0;
        }
        return count;
    }
}
