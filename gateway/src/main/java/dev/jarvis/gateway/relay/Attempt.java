package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.body.Withheld;
import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.openai.ProviderError;
import dev.jarvis.gateway.meter.Delivered;
import dev.jarvis.gateway.meter.MeteredAttempt;
import dev.jarvis.gateway.meter.Outcome;
import dev.jarvis.gateway.meter.Served;
import dev.jarvis.gateway.meter.Settlement;
import dev.jarvis.gateway.provider.Redaction;
import dev.jarvis.gateway.provider.Verdict;
import dev.jarvis.gateway.rate.RateGrant;
import dev.jarvis.gateway.upstream.UpstreamCall;
import dev.jarvis.gateway.upstream.UpstreamFailure;
import dev.jarvis.gateway.upstream.UpstreamListener;
import dev.jarvis.platform.http.Refusal;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** One attempt of a request: one key, one call, one record in the journal. */
final class Attempt implements UpstreamListener {
    private static final int LONGEST_ID = 200;

    private final ChatExchange exchange;
    private final Optional<ProviderKey> key;
    private final MeteredAttempt metered;
    private final RateGrant keyRate;
    private final long sentAt = System.nanoTime();
    private @Nullable UpstreamCall call;
    private @Nullable Answer answer;
    private MultiMap headers = HttpHeaders.headers();
    private OptionalInt status = OptionalInt.empty();
    private OptionalInt firstContentMillis = OptionalInt.empty();
    private long responseBytes;
    private boolean refused;
    private boolean settled;

    /** @param keyRate what this attempt takes of its key's rates */
    Attempt(ChatExchange exchange, Optional<ProviderKey> key, MeteredAttempt metered, RateGrant keyRate) {
        this.exchange = exchange;
        this.key = key;
        this.metered = metered;
        this.keyRate = keyRate;
    }

    void calls(UpstreamCall made) {
        call = made;
    }

    ChatExchange exchange() {
        return exchange;
    }

    UUID id() {
        return metered.id();
    }

    Optional<ProviderKey> key() {
        return key;
    }

    UpstreamCall call() {
        return Objects.requireNonNull(call);
    }

    int status() {
        return status.orElse(0);
    }

    MultiMap headers() {
        return headers;
    }

    boolean isSettled() {
        return settled;
    }

    /** Whether the provider may have worked for it: the request was sent, and not refused before there was content. */
    boolean mayBePaid() {
        return call != null && call.wasSent() && !refused;
    }

    OptionalInt firstContentMillis() {
        return firstContentMillis;
    }

    /** What came back and the client did not get. */
    Withheld withheld() {
        if (answer == null) {
            return Withheld.NOTHING;
        }
        Withheld all = answer.withheld();
        return new Withheld(all.pieces().stream().map(this::redacted).toList(), all.isStream());
    }

    /** The same without the key, should the provider echo it. */
    Slice redacted(Slice said) {
        return Slice.of(Redaction.of(said.toBytes(), key));
    }

    Optional<TokenUsage> usage() {
        return answer == null ? Optional.empty() : answer.usage();
    }

    boolean sawImplausibleUsage() {
        return answer != null && answer.sawImplausibleUsage();
    }

    long malformedEvents() {
        return answer == null ? 0 : answer.malformedEvents();
    }

    @Override
    public void answered(int answeredStatus, MultiMap answeredHeaders) {
        status = OptionalInt.of(answeredStatus);
        headers = answeredHeaders;
        if (answeredStatus >= 300) {
            answer = new ErrorAnswer(this);
        } else if (answeredStatus == 200) {
            begin(Objects.requireNonNullElse(answeredHeaders.get("content-type"), "")
                    .toLowerCase(Locale.ROOT));
        } else {
            useless("it answered with status " + answeredStatus);
        }
    }

    /** @param type of the content, in lower case; empty if the provider says none */
    private void begin(String type) {
        boolean streamed = type.startsWith("text/event-stream");
        boolean text = type.contains("json") || type.startsWith("text/plain");
        boolean wanted = exchange.chat().isStream();
        if (wanted && (streamed || type.isEmpty())) {
            answer = new StreamAnswer(this);
        } else if (wanted && text) {
            answer = new MislabelledAnswer(this);
        } else if (text || type.isEmpty()) {
            answer = new WholeAnswer(this, true);
        } else {
            useless(
                    streamed
                            ? "it streamed, and no stream was asked for"
                            : "it answered with another type of content than was asked for");
        }
    }

    private void useless(String what) {
        call().cancel();
        protocolError(what);
    }

    /** What the answer turned out to be. */
    void continueAs(Answer found) {
        answer = found;
    }

    @Override
    public void data(Buffer part) {
        if (answer != null) {
            ByteBuf bytes = ((BufferInternal) part).getByteBuf();
            answer.data(
                    bytes.hasArray()
                            ? new Slice(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), bytes.readableBytes())
                            : Slice.of(part.getBytes()));
        }
    }

    @Override
    public void ended() {
        if (answer != null && !settled) {
            answer.ended();
        }
    }

    @Override
    public void failed(UpstreamFailure failure) {
        if (settled) {
            return;
        }
        if (answer != null) {
            answer.failed(failure);
            return;
        }
        boolean notSent = failure.stage() == UpstreamFailure.Stage.NOT_SENT;
        exchange.lost(
                this,
                notSent ? Outcome.NOT_SENT : Outcome.FAILED,
                Failures.of(failure),
                notSent && !failure.code().equals("upstream_forbidden_target"));
    }

    void tick(long now) {
        if (call != null) {
            call.tick(now);
        }
        if (answer != null && !settled) {
            answer.tick(now);
        }
    }

    void cancel() {
        if (call != null) {
            call.cancel();
        }
    }

    void pause() {
        if (call != null) {
            call.pause();
        }
    }

    void resume() {
        if (call != null) {
            call.resume();
        }
    }

    /** A long silence: what is held back goes to the client now. */
    void letThroughWhatIsHeld() {
        if (answer instanceof StreamAnswer stream) {
            stream.letThroughWhatIsHeld();
        }
    }

    void firstContent() {
        firstContentMillis = OptionalInt.of((int) ((System.nanoTime() - sentAt) / 1_000_000));
        key.ifPresent(exchange.shared().keyHealth()::recovered);
    }

    void progress() {
        if (answer != null) {
            metered.progress(answer.delivered());
        }
    }

    void countResponseBytes(int bytes) {
        responseBytes += bytes;
    }

    /** See {@link ChatExchange#lost}. */
    void lost(Outcome outcome, Refusal refusal, boolean mayRetry) {
        exchange.lost(this, outcome, refusal, mayRetry);
    }

    void protocolError(String what) {
        exchange.lost(this, Outcome.FAILED, Failures.protocol(what), false);
    }

    /** The provider refused with a status of its own. */
    void refused(Verdict verdict, int withStatus, byte[] body) {
        refused = true;
        exchange.refused(this, verdict, withStatus, body);
    }

    /** The provider refused after its 200 and before any content: as if it had been a status (T13). */
    void refusedAfter200(ProviderError error, byte[] body) {
        refused = true;
        Verdict verdict = exchange.shared().verdicts().ofEvent(error);
        if (verdict instanceof Verdict.Broken broken) {
            lost(Outcome.FAILED, broken.refusal(), broken.mayRetry()); // with the same key: it is not to blame
        } else {
            exchange.refused(this, verdict, 400, body);
        }
    }

    /** The provider failed in a stream that the client already reads. */
    void refusedInStream(ProviderError error, Slice event) {
        exchange.refusedInStream(this, exchange.shared().verdicts().ofEvent(error), event);
    }

    /** What of the provider's headers the client gets: its ids and waits, never its limits, cookies or places (U25). */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).filter(value -> value.length() <= LONGEST_ID);
    }

    /**
     * Writes the attempt's end into the journal.
     *
     * @param last no further attempt follows
     */
    Future<Void> settle(Outcome outcome, Optional<String> errorCode, boolean last) {
        settled = true;
        Delivered delivered = answer == null ? Delivered.NOTHING : answer.delivered();
        Outcome ended = exchange.isClientGone() && (outcome == Outcome.COMPLETED || delivered.events() > 0)
                ? Outcome.CLIENT_GONE
                : outcome;
        exchange.attemptEnded(this, ended);
        Future<Void> safe = metered.settle(new Settlement(
                ended,
                status,
                errorCode,
                usage(),
                delivered,
                last,
                firstContentMillis,
                responseBytes,
                header("x-request-id"),
                answer == null ? Served.NOTHING_SAID : answer.served()));
        exchange.reservation().spent(metered.spent());
        keyRate.end(metered.spent().userTokens());
        return safe;
    }
}
