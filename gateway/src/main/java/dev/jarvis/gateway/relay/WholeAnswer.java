package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.body.Withheld;
import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.openai.ChatAnswer;
import dev.jarvis.gateway.meter.Delivered;
import dev.jarvis.gateway.meter.Outcome;
import dev.jarvis.gateway.meter.Served;
import dev.jarvis.gateway.upstream.UpstreamFailure;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON answer. It is collected whole before a byte of it goes on: its usage stands at its end, it must be settled
 * before its last byte is released, and a broken one can still become an honest status.
 */
final class WholeAnswer implements Answer {
    private static final int LIMIT = 32 * 1024 * 1024;

    private final Attempt attempt;
    private final boolean expected;
    private final Collected body = new Collected(LIMIT);
    private @Nullable ChatAnswer answer;

    /** @param expected false if a stream was asked for: then only an error in it is of use */
    WholeAnswer(Attempt attempt, boolean expected) {
        this.attempt = attempt;
        this.expected = expected;
    }

    @Override
    public void data(Slice part) {
        attempt.call().progressed();
        if (!body.add(part)) {
            attempt.call().cancel();
            attempt.protocolError("its answer is larger than " + LIMIT + " bytes");
        }
    }

    @Override
    public void ended() {
        Slice content = body.content();
        if (content.length() == 0) {
            attempt.lost(Outcome.TRUNCATED, Failures.truncated(), false);
            return;
        }
        ChatAnswer read = ChatAnswer.read(
                content,
                attempt.exchange().chat().choices(),
                attempt.exchange().chat().maxTokens());
        answer = read;
        if (!read.isJson()) {
            attempt.protocolError("its answer is not JSON");
        } else if (read.error().isPresent() && !read.isComplete()) {
            attempt.refusedAfter200(read.error().get(), content.toBytes());
        } else if (!expected) {
            attempt.protocolError("it did not stream");
        } else {
            attempt.firstContent();
            attempt.exchange().answered(attempt, content);
        }
    }

    @Override
    public void failed(UpstreamFailure failure) {
        attempt.lost(failure.isTimeout() ? Outcome.FAILED : Outcome.TRUNCATED, Failures.of(failure), false);
    }

    @Override
    public Withheld withheld() {
        return new Withheld(List.of(body.content()), false);
    }

    @Override
    public Delivered delivered() {
        return answer == null ? Delivered.NOTHING : answer.delivered();
    }

    @Override
    public Optional<TokenUsage> usage() {
        return answer == null ? Optional.empty() : answer.usage();
    }

    @Override
    public boolean sawImplausibleUsage() {
        return answer != null && answer.sawImplausibleUsage();
    }

    @Override
    public Served served() {
        return answer == null ? Served.NOTHING_SAID : new Served(answer.servedModel(), answer.servedTier(), Map.of());
    }
}
