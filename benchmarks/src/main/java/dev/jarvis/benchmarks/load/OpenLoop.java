package dev.jarvis.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Requests at a fixed rate, whether or not the target keeps up. All of it happens on one event loop; a request that
 * finds no free connection waits, and its waiting counts.
 */
public final class OpenLoop implements Exchange, AutoCloseable {

    private static final long GRACE_NANOS = Duration.ofSeconds(10).toNanos();

    private final EventLoop loop;
    private final Aim aim;
    private final ByteBuf request;
    private final int mostConnections;
    private final long intervalNanos;
    private final ArrayDeque<ClientConnection> idle = new ArrayDeque<>();
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    private Tally tally = new Tally();
    private int connections;
    private int owed;
    private long nextDue;
    private long until;
    private CountDownLatch over = new CountDownLatch(0);
    private @Nullable ScheduledFuture<?> timer;

    /** A loop of {@code perSecond} requests a second on at most {@code mostConnections} connections. */
    public OpenLoop(EventLoopGroup loops, Aim aim, ByteBuf request, int perSecond, int mostConnections) {
        this.loop = loops.next();
        this.aim = aim;
        this.request = request;
        this.intervalNanos = 1_000_000_000L / perSecond;
        this.mostConnections = mostConnections;
    }

    /** Loads the target for {@code duration} and waits for the last answers. */
    public LoadResult run(Duration duration) throws InterruptedException {
        over = new CountDownLatch(1);
        loop.execute(() -> start(duration));
        over.await();
        return LoadResult.of(tally, duration.toNanos() / 1e9);
    }

    private void start(Duration duration) {
        tally = new Tally();
        nextDue = System.nanoTime();
        until = nextDue + duration.toNanos();
        owed = 0;
        timer = loop.scheduleAtFixedRate(this::tick, 0, 500_000, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        long now = System.nanoTime();
        while (nextDue <= now && nextDue < until) {
            owed++;
            dispatch(nextDue);
            nextDue += intervalNanos;
        }
        if (now >= until && (owed == 0 || now > until + GRACE_NANOS)) {
            tally.failed.add(owed);
            waiting.clear();
            if (timer != null) {
                timer.cancel(false);
            }
            over.countDown();
        }
    }

    private void dispatch(long due) {
        ClientConnection free = idle.poll();
        if (free != null) {
            free.send(request, due);
            return;
        }
        waiting.add(due);
        if (connections < mostConnections) {
            connections++;
            ClientConnection opened = new ClientConnection(this);
            opened.connect(loop, aim).addListener(done -> {
                if (done.isSuccess()) {
                    takeNext(opened);
                } else {
                    connections--;
                }
            });
        }
    }

    private void takeNext(ClientConnection connection) {
        Long due = waiting.poll();
        if (due == null) {
            idle.add(connection);
        } else {
            connection.send(request, due);
        }
    }

    @Override
    public void token(long dueNanos) {
        tally.tokens.increment();
    }

    @Override
    public void answered(ClientConnection connection, int status) {
        owed--;
        if (status == 200) {
            tally.completed.increment();
            tally.delay(System.nanoTime() - connection.due());
        } else {
            tally.failed.increment();
        }
        takeNext(connection);
    }

    @Override
    public void closed(ClientConnection connection, boolean busy) {
        connections--;
        idle.remove(connection);
        if (busy) {
            owed--;
            tally.failed.increment();
        }
    }

    @Override
    public void close() {
        loop.execute(() -> java.util.List.copyOf(idle).forEach(ClientConnection::close));
    }
}
