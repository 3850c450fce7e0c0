package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.upstream.UpstreamFailure;

/**
 * An answer that should be a stream and says that it is JSON or plain text. Its first character decides: an object is JSON,
 * in which only an error is of use; everything else is read as the stream that it was asked for. Servers between us and the
 * model are known to send events under either name.
 */
final class MislabelledAnswer implements Answer {
    private final Attempt attempt;

    MislabelledAnswer(Attempt attempt) {
        this.attempt = attempt;
    }

    @Override
    public void data(Slice part) {
        for (int i = part.offset(); i < part.end(); i++) {
            byte next = part.array()[i];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                continueAs(next == '{' ? whole() : new StreamAnswer(attempt)).data(part);
                return;
            }
        }
    }

    private Answer whole() {
        return new WholeAnswer(attempt, false);
    }

    private Answer continueAs(Answer found) {
        attempt.continueAs(found);
        return found;
    }

    @Override
    public void ended() {
        continueAs(whole()).ended();
    }

    @Override
    public void failed(UpstreamFailure failure) {
        continueAs(whole()).failed(failure);
    }
}
