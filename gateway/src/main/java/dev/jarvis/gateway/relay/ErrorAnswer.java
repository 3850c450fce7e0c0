package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.body.Withheld;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.openai.ProviderError;
import dev.jarvis.gateway.upstream.UpstreamFailure;

import java.util.List;
import java.util.Optional;

/** An answer whose status is not 200: read to its end, then judged. */
final class ErrorAnswer implements Answer {
    private static final int LIMIT = 1024 * 1024;

    private final Attempt attempt;
    private final Collected body = new Collected(LIMIT);

    ErrorAnswer(Attempt attempt) {
        this.attempt = attempt;
    }

    @Override
    public void data(Slice part) {
        attempt.call().progressed();
        if (!body.add(part)) {
            attempt.call().cancel();
            judge(Optional.empty());
        }
    }

    @Override
    public void ended() {
        judge(Optional.of(body.content()));
    }

    /** The status alone says enough, whatever became of the body. */
    @Override
    public void failed(UpstreamFailure failure) {
        judge(Optional.empty());
    }

    @Override
    public Withheld withheld() {
        return new Withheld(List.of(body.content()), false);
    }

    private void judge(Optional<Slice> whole) {
        Optional<ProviderError> error =
                whole.filter(content -> content.length() > 0).flatMap(ProviderError::read);
        attempt.refused(
                attempt.exchange().shared().verdicts().ofStatus(attempt.status(), attempt.headers(), error),
                attempt.status(),
                whole.map(Slice::toBytes).orElse(new byte[0]));
    }
}
