package dev.jarvis.benchmarks.load;

import dev.jarvis.benchmarks.wire.Loops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A fixed number of connections, each sending its next request when it has its answer. It can be run several times. */
public final class ClosedLoop implements Exchange, AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(15);

    private final EventLoopGroup loops;
    private final Aim aim;
    private final ByteBuf request;
    private final int wanted;
    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<ClientConnection> working = ConcurrentHashMap.newKeySet();
    private volatile Tally tally = new Tally();
    private volatile long until;

    /** A loop of {@code connections} connections, opened when it runs. */
    public ClosedLoop(EventLoopGroup loops, Aim aim, ByteBuf request, int connections) {
        this.loops = loops;
        this.aim = aim;
        this.request = request;
        this.wanted = connections;
    }

    /** Loads the target for {@code duration} and waits for the last answers. */
    public LoadResult run(Duration duration) throws InterruptedException {
        connect();
        tally = new Tally();
        long start = System.nanoTime();
        until = start + duration.toNanos();
        List<ClientConnection> starting = List.copyOf(open);
        working.addAll(starting);
        Loops.keepAwake(true);
        try {
            starting.forEach(connection -> connection.execute(() -> next(connection)));
            waitForAnswers();
        } finally {
            Loops.keepAwake(false);
        }
        double seconds = Math.max(System.nanoTime(), until) - start;
        return LoadResult.of(tally, seconds / 1e9);
    }

    private void connect() throws InterruptedException {
        int refused = 0;
        while (open.size() < wanted && refused < wanted) {
            ClientConnection connection = new ClientConnection(this);
            if (connection.connect(loops, aim).await().isSuccess()) {
                open.add(connection);
            } else {
                refused++;
            }
        }
        if (open.isEmpty()) {
            throw new IllegalStateException("nothing listens on port " + aim.port());
        }
    }

    private void waitForAnswers() throws InterruptedException {
        long patience = until + GRACE.toNanos();
        while (!working.isEmpty() && System.nanoTime() < patience) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            if (Thread.interrupted()) {
                throw new InterruptedException("load run interrupted");
            }
        }
        for (ClientConnection late : List.copyOf(working)) {
            late.close();
        }
    }

    private void next(ClientConnection connection) {
        long now = System.nanoTime();
        if (now < until && connection.isOpen()) {
            connection.send(request, now);
        } else {
            working.remove(connection);
        }
    }

    @Override
    public void token(long dueNanos) {
        tally.tokens.increment();
    }

    @Override
    public void answered(ClientConnection connection, int status) {
        if (status == 200) {
            tally.completed.increment();
            tally.delay(System.nanoTime() - connection.due());
        } else {
            tally.failed.increment();
        }
        next(connection);
    }

    @Override
    public void closed(ClientConnection connection, boolean busy) {
        open.remove(connection);
        working.remove(connection);
        if (busy) {
            tally.failed.increment();
        }
    }

    @Override
    public void close() {
        open.forEach(ClientConnection::close);
    }
}
