package dev.jarvis.testkit.provider;

import dev.jarvis.testkit.provider.LedgerEntry.Closing;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Plays one script on one connection and counts what it does. */
final class Exchange {
    private static final byte[] FILLER = "x".repeat(16 * 1024).getBytes(StandardCharsets.ISO_8859_1);

    private final Attempt attempt;
    private final BodyWriter writer;
    private final Wire wire;
    private final CompletableFuture<Peer.Event> peer;
    private @Nullable Usage carried;
    private boolean terminal;

    /** The connection's ending ways. */
    interface Wire {
        void reset() throws IOException;

        void finish() throws IOException;
    }

    /** The other side went away, or the provider was stopped, before the script's end. */
    private static final class Gone extends Exception {
        private final Closing closing;

        Gone(Closing closing) {
            super(null, null, false, false);
            this.closing = closing;
        }
    }

    /** @param reusable the connection can carry another request */
    record End(Closing closing, boolean reusable) {}

    Exchange(Attempt attempt, BodyWriter writer, Wire wire, CompletableFuture<Peer.Event> peer) {
        this.attempt = attempt;
        this.writer = writer;
        this.wire = wire;
        this.peer = peer;
    }

    End play(List<Step> steps) {
        try {
            for (Step step : steps) {
                checkPeer();
                End end = play(step);
                if (end != null) {
                    return end;
                }
            }
            wire.finish();
            return new End(Closing.PROVIDER, false);
        } catch (Gone gone) {
            return new End(gone.closing, false);
        } catch (IOException writeFailed) {
            return new End(closingAfterFailedWrite(), false);
        }
    }

    private @Nullable End play(Step step) throws IOException, Gone {
        switch (step) {
            case Step.Head head -> head(head);
            case Step.Body body -> body(body.bytes(), body.slicing());
            case Step.Raw raw -> raw(raw.bytes(), raw.slicing());
            case Step.Generate more -> attempt.generate(more.tokens());
            case Step.Report report -> carried = report.usage();
            case Step.Terminal ignored -> terminal = true;
            case Step.Delay delay -> waitFor(new CompletableFuture<>(), delay.time());
            case Step.Pause pause -> waitFor(pause.gate().reach(), Duration.ofDays(1));
            case Step.Stall ignored -> waitFor(new CompletableFuture<>(), Duration.ofDays(1));
            case Step.Trickle trickle -> trickle(trickle);
            case Step.EndlessLine line -> endlessLine(line.bytes());
            case Step.Reset ignored -> {
                wire.reset();
                return new End(Closing.PROVIDER, false);
            }
            case Step.Fin ignored -> {
                wire.finish();
                return new End(Closing.PROVIDER, false);
            }
            case Step.End ignored -> {
                return end();
            }
        }
        return null;
    }

    private End end() throws IOException {
        boolean reusable = writer.end();
        if (!reusable) {
            wire.finish();
        }
        return new End(Closing.ANSWERED, reusable);
    }

    private void head(Step.Head head) throws IOException {
        attempt.status = head.status();
        writer.head(head);
    }

    private void body(byte[] bytes, Slicing slicing) throws IOException, Gone {
        if (!writer.isHeadWritten()) {
            head(Scripts.streamHead());
        }
        int from = 0;
        for (int length : slicing.cut(bytes.length)) {
            checkPeer();
            writer.body(bytes, from, length);
            from += length;
        }
        written();
    }

    private void raw(byte[] bytes, Slicing slicing) throws IOException, Gone {
        int from = 0;
        for (int length : slicing.cut(bytes.length)) {
            checkPeer();
            writer.raw(Arrays.copyOfRange(bytes, from, from + length));
            from += length;
        }
        written();
    }

    private void written() {
        attempt.allWritten();
        if (carried != null) {
            attempt.usageWritten(carried);
            carried = null;
        }
        attempt.terminalWritten |= terminal;
        terminal = false;
    }

    private void trickle(Step.Trickle trickle) throws IOException, Gone {
        while (true) {
            for (byte b : trickle.bytes()) {
                body(new byte[] {b}, Slicing.whole());
                waitFor(new CompletableFuture<>(), trickle.every());
            }
        }
    }

    private void endlessLine(long bytes) throws IOException, Gone {
        body("data: ".getBytes(StandardCharsets.ISO_8859_1), Slicing.whole());
        for (long done = 0; done < bytes; done += FILLER.length) {
            body(FILLER, Slicing.whole());
        }
    }

    /** Waits for an event or a time, whichever is first, but not for a peer that has gone. */
    private void waitFor(CompletableFuture<Void> event, Duration time) throws Gone {
        long end = System.nanoTime() + time.toNanos();
        long left = time.toNanos();
        while (left > 0 && !event.isDone()) {
            CompletableFuture<?> next = peer.isDone() ? event : CompletableFuture.anyOf(event, peer);
            try {
                next.get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException timeIsUp) {
                return;
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
            checkPeer();
            left = end - System.nanoTime();
        }
    }

    private void checkPeer() throws Gone {
        switch (peer.getNow(new Peer.Event.SentMore(0))) {
            case Peer.Event.SentMore ignored -> {}
            case Peer.Event.Closed ignored -> throw new Gone(Closing.PEER_CLOSED);
            case Peer.Event.Reset ignored -> throw new Gone(Closing.PEER_RESET);
            case Peer.Event.Stopped ignored -> throw new Gone(Closing.STOPPED);
        }
    }

    private Closing closingAfterFailedWrite() {
        return switch (peer.getNow(new Peer.Event.Reset())) {
            case Peer.Event.Closed ignored -> Closing.PEER_CLOSED;
            case Peer.Event.Stopped ignored -> Closing.STOPPED;
            case Peer.Event.SentMore ignored -> Closing.PEER_RESET;
            case Peer.Event.Reset ignored -> Closing.PEER_RESET;
        };
    }
}
