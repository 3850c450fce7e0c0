package dev.jarvis.testkit.provider;

import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.tls.SelfSigned;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A fake upstream on loopback that speaks OpenAI's chat format over HTTP/1.1, plain or TLS. A request is answered by the
 * first of: the next script of {@link #scriptNext}; the newest {@link #when} rule that fits; {@link #script}; what the
 * prompt asks for ({@code tokens=50 delay_ms=20 first_ms=100 tool=name status=500 stall}).
 */
public final class ScriptedProvider implements AutoCloseable {
    private record Rule(Predicate<ReceivedRequest> fits, Script script) {}

    private final ServerSocket listener;
    private final @Nullable SelfSigned certificate;
    private final Ledger ledger;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final List<ReceivedRequest> received = new ArrayList<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Deque<Script> next = new ArrayDeque<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile Script script = new PromptScript();
    private volatile Script models = Scripts.answer(200, "application/json", """
            {"object":"list","data":[{"id":"scripted","object":"model","created":1767225600,"owned_by":"testkit"}]}""");

    private ScriptedProvider(int port, @Nullable SelfSigned certificate, @Nullable Path ledgerFile) {
        try {
            this.listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.certificate = certificate;
        this.ledger = new Ledger(ledgerFile);
        Thread.ofVirtual().name("scripted-provider-accept").start(this::accept);
    }

    public static ScriptedProvider start() {
        return new ScriptedProvider(0, null, null);
    }

    /** With a certificate of its own for localhost and 127.0.0.1, see {@link #certificate}. */
    public static ScriptedProvider startTls() {
        return new ScriptedProvider(0, SelfSigned.create(), null);
    }

    /**
     * @param port 0: any free one
     * @param ledgerFile where the ledger is also written
     */
    public static ScriptedProvider start(int port, Path ledgerFile) {
        return new ScriptedProvider(port, null, ledgerFile);
    }

    /** What a model's {@code base_url} is set to: {@code http://127.0.0.1:<port>/v1}. */
    public URI baseUrl() {
        return URI.create((certificate == null ? "http" : "https") + "://127.0.0.1:" + port() + "/v1");
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The certificate to trust. Only of a provider that speaks TLS. */
    public X509Certificate certificate() {
        return identity().certificate();
    }

    private SelfSigned identity() {
        if (certificate == null) {
            throw new IllegalStateException("this provider does not speak TLS");
        }
        return certificate;
    }

    /** The same as PEM text, as a trust store file takes it. */
    public String certificatePem() {
        return identity().certificatePem();
    }

    /** The script for every request that nothing narrower is set for. */
    public ScriptedProvider script(Script forAll) {
        script = forAll;
        return this;
    }

    /** Scripts for the next requests, one each, in order of arrival. */
    public ScriptedProvider scriptNext(Script... scripts) {
        synchronized (next) {
            next.addAll(List.of(scripts));
        }
        return this;
    }

    /** The script for requests that fit, until {@link #reset}. */
    public ScriptedProvider when(Predicate<ReceivedRequest> fits, Script then) {
        rules.addFirst(new Rule(fits, then));
        return this;
    }

    /** What it answers when it is asked which models it serves. */
    public ScriptedProvider whenAskedForModels(Script then) {
        models = then;
        return this;
    }

    public ScriptedProvider whenModel(String upstreamModel, Script then) {
        return when(request -> request.model().equals(upstreamModel), then);
    }

    public ScriptedProvider whenKey(String key, Script then) {
        return when(request -> request.key().equals(key), then);
    }

    /** For requests whose last user message contains the text. */
    public ScriptedProvider whenUserSays(String text, Script then) {
        return when(request -> request.userText().contains(text), then);
    }

    /** Forgets all scripts. Received requests and the ledger stay. */
    public ScriptedProvider reset() {
        rules.clear();
        synchronized (next) {
            next.clear();
        }
        script = new PromptScript();
        return this;
    }

    /** Every request so far, in order of arrival. */
    public List<ReceivedRequest> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** The newest request; waits for the first one. */
    public ReceivedRequest lastReceived() {
        return awaitReceived(1).getLast();
    }

    public List<ReceivedRequest> awaitReceived(int count) {
        return Await.value(count + " requests at the provider", this::received, seen -> seen.size() >= count);
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Waits until that many attempts have ended. */
    public List<LedgerEntry> awaitLedger(int count) {
        return ledger.await(count);
    }

    /** The ended attempt that came with this {@code x-request-id}; waits for it. */
    public LedgerEntry awaitEntry(String requestId) {
        return Await.value(
                        "attempt " + requestId + " in the provider's ledger",
                        () -> ledger.entries().stream()
                                .filter(entry -> entry.requestId().equals(requestId))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    public int connectionsAccepted() {
        return accepted.get();
    }

    public int connectionsOpen() {
        return connections.size();
    }

    /** Connections that were lost while a request was being read or between requests. */
    public int connectionsLost() {
        return lost.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket transport = listener.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().name("scripted-provider").start(() -> serve(transport));
            } catch (IOException closedOrOutOfSockets) {
                lost.incrementAndGet();
            }
        }
    }

    private void serve(Socket transport) {
        try {
            Socket spoken = certificate == null ? transport : certificate.serverSide(transport);
            Connection connection = new Connection(transport, spoken, this);
            connections.add(connection);
            connection.run();
        } catch (IOException handshakeFailed) {
            lost.incrementAndGet();
        }
    }

    ReceivedRequest received(RequestReader.Read read) {
        synchronized (received) {
            ReceivedRequest request = new ReceivedRequest(
                    received.size() + 1, read.at(), read.method(), read.target(), read.headers(), read.body());
            received.add(request);
            return request;
        }
    }

    Script scriptFor(ReceivedRequest request) {
        synchronized (next) {
            if (!next.isEmpty()) {
                return next.removeFirst();
            }
        }
        return rules.stream()
                .filter(rule -> rule.fits().test(request))
                .map(Rule::script)
                .findFirst()
                .orElse(script);
    }

    Script otherRoute(ReceivedRequest request) {
        return request.path().endsWith("/models")
                ? models
                : Scripts.error(404, "invalid_request_error", "", "Unknown request URL.", Map.of());
    }

    void connectionLost() {
        lost.incrementAndGet();
    }

    void forget(Connection connection) {
        connections.remove(connection);
    }

    /** Closes the listener and every connection; attempts still open end as {@code STOPPED}. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Connection connection : connections) {
                connection.stop();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("the provider's connections end", connections::isEmpty);
        ledger.close();
    }

    /**
     * Runs a provider as a process of its own: {@code <port> <ledger file>}. Prints {@code listening on <port>} and ends
     * with its standard input.
     */
    public static void main(String[] args) throws IOException {
        try (ScriptedProvider provider = start(Integer.parseInt(args[0]), Path.of(args[1]))) {
            System.out.println("listening on " + provider.port());
            while (System.in.read() >= 0) {
                // until whoever started this closes the pipe or dies
            }
        }
    }
}
