package dev.jarvis.gateway.body;

import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.platform.body.BodyPolicy;
import dev.jarvis.platform.identity.Identity;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.util.UUID;

/** A call whose bodies wait to be written. Its pieces are copied: a view of a few bytes may hold a large buffer. */
final class HeldBody implements BodyCapture {
    /** Of an answer as it comes; a stream's events are some twenty times the text in them. */
    private static final int MOST_OF_AN_ANSWER = 2 << 20;

    private final QueuedBodyLog log;
    private final ByteArrayOutputStream pieces = new ByteArrayOutputStream(256);
    private boolean cut;
    private long answerBytes;
    private boolean ended;

    final Identity caller;
    final String model;
    final String requestId;
    final BodyPolicy policy;
    final boolean streamed;
    final Slice request;

    @Nullable
    UUID attempt;

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
    public void add(Slice piece) {
        answerBytes += piece.length();
        if (cut || pieces.size() + piece.length() > MOST_OF_AN_ANSWER || !log.hold(piece.length())) {
            cut = true;
        } else {
            pieces.write(piece.array(), piece.offset(), piece.length());
        }
    }

    @Override
    public void end(UUID last) {
        if (!ended) {
            ended = true;
            attempt = last;
            log.offer(this);
        }
    }

    byte[] answer() {
        return pieces.toByteArray();
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
