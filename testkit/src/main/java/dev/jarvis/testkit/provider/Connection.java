package dev.jarvis.testkit.provider;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/** One accepted connection: requests in turn, each answered by its script, on a virtual thread of its own. */
final class Connection implements Runnable, Exchange.Wire {
    private final Socket transport;
    private final Socket socket;
    private final ScriptedProvider provider;
    private volatile @Nullable CompletableFuture<Peer.Event> answering;
    private volatile boolean stopped;

    /**
     * @param transport the TCP socket
     * @param socket what is spoken over: the same, or TLS on top of it
     */
    Connection(Socket transport, Socket socket, ScriptedProvider provider) {
        this.transport = transport;
        this.socket = socket;
        this.provider = provider;
    }

    @Override
    public void run() {
        try (transport;
                socket) {
            transport.setTcpNoDelay(true);
            Peer peer = new Peer(new BufferedInputStream(socket.getInputStream(), 16 * 1024));
            RequestReader reader = new RequestReader(peer, socket.getOutputStream());
            boolean goOn = true;
            while (goOn && !stopped) {
                RequestReader.Read read = reader.next();
                goOn = read != null && answer(read, peer);
            }
        } catch (IOException connectionLost) {
            provider.connectionLost();
        } finally {
            provider.forget(this);
        }
    }

    private boolean answer(RequestReader.Read read, Peer peer) throws IOException {
        ReceivedRequest request = provider.received(read);
        CompletableFuture<Peer.Event> watch = peer.watch();
        answering = watch;
        if (stopped) {
            watch.complete(new Peer.Event.Stopped());
        }
        BodyWriter writer = new BodyWriter(socket.getOutputStream());
        boolean reusable;
        if (request.path().endsWith("/chat/completions")) {
            Attempt attempt = provider.ledger().open(request);
            Exchange.End end = new Exchange(attempt, writer, this, watch)
                    .play(provider.scriptFor(request).steps(request));
            provider.ledger().close(attempt.close(end.closing()));
            reusable = end.reusable();
        } else {
            reusable = new Exchange(new Attempt(request), writer, this, watch)
                    .play(provider.otherRoute(request).steps(request))
                    .reusable();
        }
        return reusable && peer.endWatch();
    }

    /** Ends whatever is being answered. */
    void stop() throws IOException {
        stopped = true;
        CompletableFuture<Peer.Event> current = answering;
        if (current != null) {
            current.complete(new Peer.Event.Stopped());
        }
        transport.close();
    }

    @Override
    public void reset() throws IOException {
        transport.setSoLinger(true, 0);
        transport.close();
    }

    @Override
    public void finish() throws IOException {
        socket.shutdownOutput();
    }
}
