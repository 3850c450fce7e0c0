package dev.jarvis.testkit.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/** Carries the bytes of one direction, with its faults. */
final class Pump {
    private final Socket from;
    private final Socket to;
    private final Faults faults;
    private final LongAdder counter;
    private final Random random;
    private final Stall stall;
    private final CompletableFuture<Void> ended;
    private final OutputStream copy;
    private long passed;

    /** Holds back bytes while it is closed. */
    interface Stall {
        void await() throws InterruptedException;
    }

    Pump(
            Socket from,
            Socket to,
            Faults faults,
            LongAdder counter,
            long seed,
            Stall stall,
            CompletableFuture<Void> ended,
            OutputStream copy) {
        this.from = from;
        this.to = to;
        this.faults = faults;
        this.counter = counter;
        this.random = new Random(seed);
        this.stall = stall;
        this.ended = ended;
        this.copy = copy;
    }

    /** Runs until the sender's end or the cut. True if the other direction may go on. */
    boolean run() throws IOException, InterruptedException {
        byte[] buffer = new byte[16 * 1024];
        InputStream in = from.getInputStream();
        while (true) {
            int wanted = faults.slices() > 0 ? 1 + random.nextInt(faults.slices()) : buffer.length;
            int got = faults.cutAfter() == passed ? 0 : in.read(buffer, 0, allowed(wanted));
            if (got < 0) {
                to.shutdownOutput();
                return true;
            }
            stall.await();
            pace(got);
            copy.write(buffer, 0, got);
            to.getOutputStream().write(buffer, 0, got);
            passed += got;
            counter.add(got);
            if (passed == faults.cutAfter()) {
                return cut();
            }
        }
    }

    private int allowed(int wanted) {
        return faults.cutAfter() < 0 ? wanted : (int) Math.min(wanted, faults.cutAfter() - passed);
    }

    private void pace(int bytes) throws InterruptedException {
        long nanos = faults.delay().toNanos();
        if (faults.bytesPerSecond() > 0) {
            nanos += bytes * 1_000_000_000L / faults.bytesPerSecond();
        }
        if (nanos > 0) {
            waitForEnd(Duration.ofNanos(nanos));
        }
    }

    private boolean cut() throws IOException, InterruptedException {
        switch (faults.cut()) {
            case RESET -> {
                from.setSoLinger(true, 0);
                to.setSoLinger(true, 0);
                return false;
            }
            case CLOSE -> {
                return false;
            }
            case HALF_CLOSE -> {
                to.shutdownOutput();
                return true;
            }
            case STALL -> {
                waitForEnd(Duration.ofDays(1));
                return false;
            }
        }
        return false;
    }

    private void waitForEnd(Duration time) throws InterruptedException {
        try {
            ended.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException timeIsUp) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
