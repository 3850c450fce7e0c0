package dev.jarvis.gateway.tokens;

import dev.jarvis.gateway.catalog.Deployment;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.limit.InputBound;
import dev.jarvis.gateway.limit.InputCount;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/**
 * A nearer bound of a request's input: by the provider's own tokenizer where it is known, else by its bytes, without the whole
 * window that a model with eyes has to be given where pictures may come. Only for requests of plain text, up to a size, and a
 * few at a time: what is over is left to the bound by bytes.
 */
public final class CountedInput implements InputCount {
    /** About 40 ms of work. */
    private static final int MOST_BYTES = 512 * 1024;

    /** What the layout of a chat adds: three tokens a message, one for its name and three for the answer, as OpenAI documents it. */
    private static final long A_MESSAGE = 8;

    private static final long A_CHAT = 16;
    private static final Semaphore AT_ONCE = new Semaphore(2);

    private final Deployment deployment;
    private final Slice body;
    private final long rewrittenBytes;

    private CountedInput(Deployment deployment, Slice body, long rewrittenBytes) {
        this.deployment = deployment;
        this.body = body;
        this.rewrittenBytes = rewrittenBytes;
    }

    /** @param rewrittenBytes of the body as it goes upstream */
    public static InputCount of(Model model, Slice body, long rewrittenBytes) {
        boolean mayHelp =
                model.supportsVision() || Tokenizer.of(model.deployment()).isPresent();
        return mayHelp && body.length() <= MOST_BYTES
                ? new CountedInput(model.deployment(), body, rewrittenBytes)
                : InputCount.NONE;
    }

    @Override
    public OptionalLong high() {
        if (!AT_ONCE.tryAcquire()) {
            return OptionalLong.empty();
        }
        try {
            Optional<PlainMessages> plain = PlainMessages.read(body.array(), body.offset(), body.length());
            return plain.isPresent() ? OptionalLong.of(high(plain.get())) : OptionalLong.empty();
        } finally {
            AT_ONCE.release();
        }
    }

    private long high(PlainMessages plain) {
        long byBytes = rewrittenBytes + InputBound.TEMPLATE_TOKENS;
        return Tokenizer.of(deployment)
                .map(tokenizer -> Math.min(byBytes, counted(tokenizer, plain)))
                .orElse(byBytes);
    }

    private static long counted(Tokenizer tokenizer, PlainMessages plain) {
        long tokens = A_CHAT + A_MESSAGE * plain.messages();
        for (String text : plain.texts()) {
            tokens += tokenizer.count(text);
        }
        return tokens;
    }
}
