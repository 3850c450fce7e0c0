package dev.jarvis.gateway.body;

import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.platform.body.BodyPolicy;
import dev.jarvis.platform.identity.Identity;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * An attempt whose bodies wait to be written; while its call runs, the last one so far. Pieces are copied: a view of a few bytes may
 * hold a large buffer.
 */
final class HeldBody implements BodyCapture {
    /** Of an answer as it comes; a stream's events are some twenty times the text in them. */
    private static final int MOST_OF_AN_ANSWER = 2 << 20;

    private final QueuedBodyLog log;
    private final ByteArrayOutputStream pieces = new ByteArrayOutputStream(256);
    private boolean cut;
    private long answerBytes;
    private boolean isStream;
    private boolean ended;

    final Identity caller;
    final String model;
    final String requestId;
    final BodyPolicy policy;
    final boolean streamed;
    final Slice request;

    @Nullable
    UUID attempt;

    private @Nullable UUID lastLost;

    HeldBody(
            QueuedBodyLog log,
            Identity caller,
            String model,
            String requestId,
            BodyPolicy policy,
            boolean streamed,
            Slice request) {
        this.log = log;
        this.caller = caller;
        this.model = model;
        this.requestId = requestId;
        this.policy = policy;
        this.streamed = streamed;
        this.request = request;
    }

    @Override
    public void piece(Slice piece) {
        isStream = true;
        add(piece);
    }

    @Override
    public void answer(Slice body) {
        add(body);
    }

    private void add(Slice piece) {
        answerBytes += piece.length();
        if (cut || pieces.size() + piece.length() > MOST_OF_AN_ANSWER || !log.hold(piece.length())) {
            cut = true;
        } else {
            pieces.write(piece.array(), piece.offset(), piece.length());
        }
    }

    /** It has a body of its own, since another attempt may follow. */
    @Override
    public void lost(UUID over, Supplier<Withheld> withheld) {
        HeldBody own = new HeldBody(log, caller, model, requestId, policy, streamed, request);
        Withheld brought = withheld.get();
        brought.pieces().forEach(own::add);
        own.isStream = brought.isStream();
        own.end(over);
        lastLost = over;
    }

    @Override
    public void end(UUID last) {
        if (!ended && !last.equals(lastLost)) {
            ended = true;
            attempt = last;
            log.offer(this);
        }
    }

    byte[] answer() {
        return pieces.toByteArray();
    }

    /** Whether the answer is events. The provider answers a call that wants a stream with JSON where it refuses it. */
    boolean isStream() {
        return isStream;
    }

    /** Of the answer, how many bytes it had. */
    long answerBytes() {
        return answerBytes;
    }

    /** Whether not all of the answer is here. */
    boolean isCut() {
        return cut;
    }

    /** Bytes of the answer that count as held. */
    int held() {
        return pieces.size();
    }
}
