package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.catalog.Deployment;
import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.openai.ChatRequest;
import dev.jarvis.gateway.dialect.openai.StreamText;
import dev.jarvis.gateway.idempotency.Recording;
import dev.jarvis.gateway.limit.Reservation;
import dev.jarvis.gateway.meter.Meter;
import dev.jarvis.gateway.meter.MeteredAttempt;
import dev.jarvis.gateway.meter.Outcome;
import dev.jarvis.gateway.provider.KeyAilment;
import dev.jarvis.gateway.provider.KeyTrouble;
import dev.jarvis.gateway.provider.OpenAiProvider;
import dev.jarvis.gateway.provider.OpenAiVerdicts;
import dev.jarvis.gateway.provider.Verdict;
import dev.jarvis.gateway.rate.RateGrant;
import dev.jarvis.gateway.route.Pick;
import dev.jarvis.gateway.upstream.Patience;
import dev.jarvis.gateway.upstream.UpstreamRequest;
import dev.jarvis.platform.http.Answers;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One chat request from its admission to its last byte: up to three attempts, one answer, every attempt settled before
 * the end of the answer is released.
 */
public final class ChatExchange implements ClientSide.Listener {
    private final Admission admission;
    private final RelayLoop loop;
    private final Relay shared;
    private final ClientSide client;
    private final Report report;
    private final KeyChoice keys;
    private @Nullable Attempt current;

    private int attempts;

    /** Whether an attempt that brought no answer may have been charged for. */
    private boolean mayBePaid;

    private boolean concluded;
    private Optional<Drains.Drain> drain = Optional.empty();

    /** Where the loop's list has it; -1 when it has not. */
    int place = -1;

    ChatExchange(Admission admission, RelayLoop loop) {
        this.admission = admission;
        this.loop = loop;
        this.shared = loop.shared();
        this.client = new ClientSide(admission.request(), loop.context(), this);
        this.report = new Report(admission, shared.measures());
        this.keys = new KeyChoice(this, admission, shared, loop.context());
    }

    Relay shared() {
        return shared;
    }

    ChatRequest chat() {
        return admission.chat();
    }

    boolean isClientGone() {
        return client.isGone();
    }

    boolean isOver() {
        return concluded && client.isWritten();
    }

    void begin() {
        report.begin();
        keys.use(keys.next());
    }

    private Deployment deployment() {
        return admission.model().deployment();
    }

    /** Nobody would read the answer, or the server's time is over. */
    boolean isUnwanted() {
        return client.isGone() || shared.isShuttingDown();
    }

    /** Sends the request, once more, with this key. */
    void attempt(Optional<ProviderKey> key, RateGrant keyRate) {
        UUID id = Uuid7.next();
        attempts++;
        MeteredAttempt metered;
        try {
            metered = shared.meter().open(admission.opening(id, attempts, key));
        } catch (Meter.NotAdmittingException e) {
            keyRate.end(0);
            tell(Failures.journal());
            return;
        }
        Attempt attempt = new Attempt(this, key, metered, keyRate);
        current = attempt;
        UpstreamRequest request;
        try {
            request = OpenAiProvider.chat(
                    deployment(),
                    key,
                    chat().rewritten(OpenAiProvider.wanted(
                            deployment(), admission.reservation().outputCap())),
                    chat().isStream(),
                    id,
                    admission.traceParent(),
                    attempts - 1);
        } catch (IllegalArgumentException e) {
            refused(attempt, unsendable(), 0, new byte[0]);
            return;
        }
        attempt.calls(loop.client().send(request, attempt));
    }

    private static Verdict unsendable() {
        return new Verdict.Busy(
                new KeyAilment(KeyTrouble.UNSENDABLE, Optional.of(Duration.ofMinutes(15))),
                OpenAiVerdicts.noUsableKey());
    }

    // What an attempt reports

    /** A whole answer came: settle, then release it. */
    void answered(Attempt attempt, Slice body) {
        attempt.countResponseBytes(body.length());
        attempt.settle(Outcome.COMPLETED, Optional.empty(), true).onComplete(settled -> {
            report.status(200);
            recording().answered(200, ResponseHeaders.JSON.toString(), body);
            admission.bodies().answer(body);
            client.answer(200, ResponseHeaders.ofAnswer(attempt), body);
            conclude();
        });
    }

    void beginStream(Attempt attempt) {
        client.beginStream(ResponseHeaders.ofStream(attempt));
        report.status(200);
    }

    void write(Slice piece) {
        recording().add(piece);
        admission.bodies().piece(piece);
        client.write(piece);
    }

    /** A stream came to its proper end: settle, then release its terminal event. */
    void streamed(Attempt attempt, Slice end) {
        attempt.settle(Outcome.COMPLETED, Optional.empty(), true).onComplete(settled -> {
            recording().add(end);
            admission.bodies().piece(end);
            recording().streamed(ResponseHeaders.EVENT_STREAM.toString());
            client.end(end);
            conclude();
        });
    }

    /**
     * An attempt ended without an answer. The next one is tried where that is safe; otherwise the client is told. Under an
     * idempotency key nothing is sent again that may have been paid.
     *
     * @param mayRetry nothing was billed, or content has not begun
     */
    void lost(Attempt attempt, Outcome outcome, Refusal refusal, boolean mayRetry) {
        boolean promised = recording().isPromised() && attempt.mayBePaid();
        Optional<Pick> next = mayRetry && !promised && mayGoOn() ? Optional.of(keys.next()) : Optional.empty();
        goOn(attempt, outcome, refusal, next);
    }

    /** An attempt was refused by the provider. */
    void refused(Attempt attempt, Verdict verdict, int status, byte[] body) {
        switch (verdict) {
            case Verdict.Rejected rejected ->
                attempt.settle(Outcome.REJECTED, Optional.of("upstream_rejected"), true)
                        .onComplete(settled -> forward(attempt, rejected.refusal(), status, body));
            case Verdict.Busy busy -> {
                attempt.key().ifPresent(key -> {
                    keys.avoid(key);
                    shared.keyHealth().suffered(key, busy.ailment());
                });
                Optional<Pick> next = mayGoOn() ? Optional.of(keys.next()) : Optional.empty();
                Refusal refusal = next.orElse(null) instanceof Pick.NoneUsable none
                        ? KeyChoice.refusalOf(none, busy.refusal())
                        : busy.refusal();
                goOn(attempt, status == 0 ? Outcome.NOT_SENT : Outcome.REJECTED, refusal, next);
            }
            case Verdict.Broken broken -> {
                attempt.key().ifPresent(keys::avoid);
                Outcome outcome = broken.refusal().status() == 503 ? Outcome.REJECTED : Outcome.FAILED;
                lost(attempt, outcome, broken.refusal(), broken.mayRetry());
            }
        }
    }

    /** The provider sent an error event into a stream that the client already reads: it is the stream's end. */
    void refusedInStream(Attempt attempt, Verdict verdict, Slice event) {
        if (verdict instanceof Verdict.Busy busy) {
            attempt.key().ifPresent(key -> shared.keyHealth().suffered(key, busy.ailment()));
        }
        attempt.settle(Outcome.FAILED, Optional.of(verdict.refusal().code()), true)
                .onComplete(settled -> {
                    if (verdict instanceof Verdict.Rejected) {
                        report.failed(200, verdict.refusal().code());
                        Slice redacted = attempt.redacted(event);
                        admission.bodies().piece(redacted);
                        client.end(redacted);
                        conclude();
                    } else {
                        tell(verdict.refusal());
                    }
                });
    }

    private boolean mayGoOn() {
        return attempts < Relay.MOST_ATTEMPTS && !isUnwanted();
    }

    private void goOn(Attempt attempt, Outcome outcome, Refusal refusal, Optional<Pick> next) {
        boolean again = next.isPresent() && !(next.get() instanceof Pick.NoneUsable);
        attempt.settle(outcome, Optional.of(refusal.code()), !again).onComplete(settled -> {
            if (again || !client.hasBegun()) {
                admission.bodies().lost(attempt.id(), attempt::withheld);
            }
            if (!again) {
                tell(attempts > 1 && refusal.status() >= 500 ? Failures.exhausted(refusal) : refusal);
            } else if (isUnwanted()) {
                tell(Failures.stopping());
            } else {
                keys.use(next.get());
            }
        });
    }

    /** The caller's fault, in the provider's own words: clients match the wording to recover. */
    private void forward(Attempt attempt, Refusal refusal, int status, byte[] body) {
        if (body.length == 0 || client.hasBegun()) {
            tell(refusal);
            return;
        }
        report.failed(status, refusal.code());
        Map<CharSequence, CharSequence> headers = ResponseHeaders.ofRefusal(attempt);
        Slice redacted = attempt.redacted(Slice.of(body));
        recording().answered(status, ResponseHeaders.typeOf(headers), redacted);
        admission.bodies().answer(redacted);
        client.answer(status, headers, redacted);
        conclude();
    }

    /** Ends the exchange with a refusal of ours, in whatever way the client can still be told. */
    void tell(Refusal refusal) {
        if (client.isGone()) {
            report.failed(499, refusal.code());
        } else if (client.hasBegun()) {
            report.failed(200, refusal.code());
            Slice error =
                    Slice.of(StreamText.inBandError(refusal, admission.scope().requestId()));
            admission.bodies().piece(error);
            client.end(error);
        } else {
            report.failed(refusal.status(), refusal.code());
            Map<String, String> more = new HashMap<>();
            admission.reservation().headers((name, value) -> more.put(name.toString(), value.toString()));
            Answers.refuse(admission.request(), admission.scope().requestId(), refusal.with(more));
            client.answeredElsewhere();
        }
        conclude();
    }

    private Recording recording() {
        return admission.recording();
    }

    Reservation reservation() {
        return admission.reservation();
    }

    void attemptEnded(Attempt attempt, Outcome outcome) {
        mayBePaid |= attempt.mayBePaid();
        report.attemptEnded(attempt, outcome);
    }

    private void conclude() {
        if (concluded) {
            return;
        }
        concluded = true;
        drain.ifPresent(Drains.Drain::end);
        admission.reservation().end();
        if (current != null) {
            admission.bodies().end(current.id());
        }
        if (mayBePaid) {
            recording().unknown();
        } else {
            recording().failed();
        }
        report.end(attempts);
        clientServed();
    }

    /** The loop forgets an exchange as soon as both sides are done with it: it holds the whole request. */
    @Override
    public void clientServed() {
        if (isOver()) {
            loop.leave(this);
        }
    }

    // What the client does

    @Override
    public void clientGone() {
        Attempt attempt = current;
        if (attempt == null || attempt.isSettled() || concluded) {
            return; // the end of an attempt is under way, and sees it
        }
        drain = shared.drains().tryBegin();
        if (drain.isPresent()) {
            attempt.resume();
        } else {
            leave(attempt, "client_gone");
        }
    }

    private void leave(Attempt attempt, String code) {
        attempt.cancel();
        attempt.settle(Outcome.CLIENT_GONE, Optional.of(code), true).onComplete(settled -> {
            report.failed(499, code);
            conclude();
        });
    }

    @Override
    public void clientFull() {
        if (current != null) {
            current.pause();
        }
    }

    @Override
    public void clientDrained() {
        if (current != null) {
            current.resume();
        }
    }

    @Override
    public void clientStalled() {
        Attempt attempt = current;
        if (attempt != null && !attempt.isSettled() && !concluded) {
            leave(attempt, "client_write_timeout");
        }
        client.cut();
    }

    // What time does

    void tick(long now) {
        Patience patience = shared.patience();
        client.tick(now, patience.clientWrite());
        Attempt attempt = current;
        if (concluded || attempt == null || attempt.isSettled()) {
            return;
        }
        attempt.tick(now);
        if (attempt.isSettled()) {
            return;
        }
        if (now - admission.scope().startedNanos() >= patience.total().toNanos()) {
            giveUp(attempt, Failures.requestTimeout());
        } else if (drain.isPresent() && drain.get().takesTooLong(now)) {
            leave(attempt, "drain_timeout");
        } else if (chat().isStream()
                && !client.isGone()
                && now - client.lastWrite() >= patience.silence().toNanos()) {
            beat(attempt);
        }
    }

    private void beat(Attempt attempt) {
        if (!client.hasBegun()) {
            beginStream(attempt);
        }
        attempt.letThroughWhatIsHeld();
        client.beat();
    }

    private void giveUp(Attempt attempt, Refusal refusal) {
        attempt.cancel();
        attempt.settle(Outcome.FAILED, Optional.of(refusal.code()), true).onComplete(settled -> tell(refusal));
    }

    /** The server's window for running exchanges is over. */
    void serverStops() {
        Attempt attempt = current;
        if (!concluded && attempt != null && !attempt.isSettled()) {
            giveUp(attempt, Failures.stopping());
        }
    }
}
