package dev.jarvis.testkit.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A TCP proxy on loopback between a client and a server under test. Faults are set for each direction and hold for
 * connections made afterwards; {@link #stall}, {@link #lag} and {@link #resetAll} act on the open ones too. Random sizes come from the
 * seed, so that a run can be repeated.
 */
public final class FaultProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final long seed;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final LongAdder bytesToServer = new LongAdder();
    private final LongAdder bytesToClient = new LongAdder();
    private volatile Faults toServer = Faults.NONE;
    private volatile Faults toClient = Faults.NONE;
    private final List<ByteArrayOutputStream> recorded = new CopyOnWriteArrayList<>();
    private volatile boolean recording;
    private volatile boolean refusing;
    private volatile Duration lag = Duration.ZERO;
    private volatile CompletableFuture<Void> flowing = CompletableFuture.completedFuture(null);

    private record Link(Socket client, Socket server, CompletableFuture<Void> ended) {
        void holdBack(Duration time) {
            if (time.isPositive()) {
                ended.copy()
                        .completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS)
                        .join();
            }
        }

        void close() {
            ended.complete(null);
            try (client;
                    server) {
                assert ended.isDone();
            } catch (IOException alreadyBroken) {
                assert ended.isDone();
            }
        }
    }

    private FaultProxy(InetSocketAddress target, long seed) {
        this.target = target;
        this.seed = seed;
        try {
            listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("fault-proxy-accept").start(this::accept);
    }

    /** In front of a port on loopback. */
    public static FaultProxy before(int port) {
        return before(port, 1);
    }

    public static FaultProxy before(int port, long seed) {
        return new FaultProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), seed);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public FaultProxy toServer(Faults faults) {
        toServer = faults;
        return this;
    }

    public FaultProxy toClient(Faults faults) {
        toClient = faults;
        return this;
    }

    /** Nothing passes on any connection, old or new, until {@link #flow}. */
    public void stall() {
        flowing = new CompletableFuture<>();
    }

    public void flow() {
        flowing.complete(null);
    }

    /** Every piece of an answer is held back this long, on open connections too: a server that has become slow. */
    public void lag(Duration time) {
        lag = time;
    }

    /** Keeps all bytes of connections made from now on. */
    public FaultProxy record() {
        recording = true;
        return this;
    }

    /** What passed, one text of Latin-1 for each direction of each connection. */
    public List<String> recorded() {
        return recorded.stream()
                .map(bytes -> bytes.toString(StandardCharsets.ISO_8859_1))
                .toList();
    }

    private OutputStream copy() {
        if (!recording) {
            return OutputStream.nullOutputStream();
        }
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        recorded.add(copy);
        return copy;
    }

    /** New connections are reset at once, as long as it is on. */
    public void refuse(boolean on) {
        refusing = on;
    }

    /** RST on both sides of every open connection. */
    public void resetAll() {
        for (Link link : links) {
            try {
                link.client().setSoLinger(true, 0);
                link.server().setSoLinger(true, 0);
            } catch (IOException alreadyBroken) {
                links.remove(link);
            }
            link.close();
        }
    }

    public int accepted() {
        return accepted.get();
    }

    public int open() {
        return links.size();
    }

    /** Connections that were not passed on: refused, or the server could not be reached. */
    public int refused() {
        return refused.get();
    }

    public long bytesToServer() {
        return bytesToServer.sum();
    }

    public long bytesToClient() {
        return bytesToClient.sum();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                int number = accepted.incrementAndGet();
                Thread.ofVirtual().name("fault-proxy").start(() -> link(client, number));
            } catch (IOException closed) {
                refused.incrementAndGet();
            }
        }
    }

    private void link(Socket client, int number) {
        Socket server = new Socket();
        try {
            if (refusing) {
                client.setSoLinger(true, 0);
                throw new IOException("refusing");
            }
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(target);
        } catch (IOException notPassedOn) {
            refused.incrementAndGet();
            new Link(client, server, new CompletableFuture<>()).close();
            return;
        }
        Link link = new Link(client, server, new CompletableFuture<>());
        links.add(link);
        Pump.Stall stall = () -> CompletableFuture.anyOf(flowing, link.ended()).join();
        Pump up = new Pump(client, server, toServer, bytesToServer, seed + number, stall, link.ended(), copy());
        Pump.Stall slow = () -> {
            stall.await();
            link.holdBack(lag);
        };
        Pump down = new Pump(server, client, toClient, bytesToClient, seed - number, slow, link.ended(), copy());
        Thread other = Thread.ofVirtual().name("fault-proxy-down").start(() -> pump(down, link));
        pump(up, link);
        try {
            other.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        link.close();
        links.remove(link);
    }

    private static void pump(Pump pump, Link link) {
        boolean otherGoesOn = false;
        try {
            otherGoesOn = pump.run();
        } catch (IOException broken) {
            passOnReset(link);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!otherGoesOn) {
            link.close();
        }
    }

    /** One side was reset: the other shall see a reset too, not a FIN. */
    private static void passOnReset(Link link) {
        try {
            link.client().setSoLinger(true, 0);
            link.server().setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            link.ended().complete(null);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(Link::close);
    }
}
