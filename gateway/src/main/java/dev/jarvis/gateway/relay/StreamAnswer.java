package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.body.Withheld;
import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.openai.ChatStreamTap;
import dev.jarvis.gateway.dialect.openai.ProviderError;
import dev.jarvis.gateway.dialect.openai.StreamText;
import dev.jarvis.gateway.dialect.sse.Event;
import dev.jarvis.gateway.dialect.sse.EventStreamReader;
import dev.jarvis.gateway.dialect.sse.EventTooLargeException;
import dev.jarvis.gateway.meter.Delivered;
import dev.jarvis.gateway.meter.Outcome;
import dev.jarvis.gateway.meter.Served;
import dev.jarvis.gateway.upstream.UpstreamFailure;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event stream, relayed event by event in the very bytes it came in. Until the first content nothing is sent on, so
 * that an early failure can still become another attempt or an honest status (R5).
 */
final class StreamAnswer implements Answer {
    /** A stream with more than this before any content is let through as it is. */
    private static final int MOST_HELD = 64 * 1024;

    /** How long after {@code [DONE]} usage may still come (U8), or the line feed of its last line. */
    private static final Duration AFTER_DONE = Duration.ofSeconds(2);

    private static final Slice BLANK_LINE = Slice.of("\n\n");

    private final Attempt attempt;
    private final ChatExchange exchange;
    private final boolean usageWanted;
    private final EventStreamReader reader = new EventStreamReader();
    private final ChatStreamTap tap;
    private List<Slice> held = new ArrayList<>();
    private int heldBytes;
    private boolean letThrough;
    private boolean contentSeen;
    private boolean atEnd;
    private boolean over;
    private @Nullable Slice done;
    private long doneAt;

    StreamAnswer(Attempt attempt) {
        this.attempt = attempt;
        this.exchange = attempt.exchange();
        this.usageWanted = exchange.chat().wantsUsage();
        this.tap = new ChatStreamTap(exchange.chat().choices(), exchange.chat().maxTokens());
    }

    @Override
    public void data(Slice part) {
        if (over) {
            return;
        }
        long eventsBefore = tap.delivered().events();
        try {
            reader.feed(part.array(), part.offset(), part.length(), this::event);
        } catch (EventTooLargeException e) {
            attempt.call().cancel();
            over = true;
            attempt.protocolError("an event of its stream is too large");
            return;
        }
        if (tap.delivered().events() != eventsBefore) {
            attempt.progress();
        }
    }

    private void event(Event event) {
        if (over) {
            return;
        }
        ChatStreamTap.Kind kind = tap.read(event);
        if (done != null) {
            afterDone(done, event);
            return;
        }
        switch (kind) {
            case CONTENT -> {
                attempt.call().progressed();
                if (!contentSeen) {
                    contentSeen = true;
                    attempt.firstContent();
                    letThrough();
                }
                forward(event);
            }
            case USAGE_ONLY -> {
                attempt.call().progressed();
                if (usageWanted) {
                    forward(event);
                }
            }
            case LIFECYCLE -> {
                attempt.call().progressed();
                forward(event);
            }
            case OTHER -> {
                if (!atEnd) {
                    attempt.call().progressed();
                    forward(event);
                }
            }
            case COMMENT -> forward(event);
            case ERROR -> error(event);
            case DONE -> {
                done = event.raw();
                doneAt = System.nanoTime();
                if (tap.usage().isPresent() && !reader.mayGetLineFeed()) {
                    complete();
                }
            }
        }
    }

    private void afterDone(Slice terminal, Event event) {
        if (event.isLineFeed() && terminal.array()[terminal.end() - 1] == '\r') {
            done = Slice.joined(List.of(terminal, event.raw())).getFirst();
        }
        if (tap.usage().isPresent()) {
            complete();
        }
    }

    private void forward(Event event) {
        if (usageWanted) {
            forward(event.raw());
        } else {
            tap.withoutUsage().forEach(this::forward);
        }
    }

    private void forward(Slice piece) {
        attempt.countResponseBytes(piece.length());
        if (letThrough) {
            exchange.write(piece);
            return;
        }
        held.add(piece);
        heldBytes += piece.length();
        if (heldBytes > MOST_HELD) {
            letThrough();
        }
    }

    private void letThrough() {
        if (letThrough) {
            return;
        }
        letThrough = true;
        exchange.beginStream(attempt);
        held.forEach(exchange::write);
        held = List.of();
    }

    /** After 15 s without content the client gets what there is: no other attempt can be made from then on. */
    void letThroughWhatIsHeld() {
        if (!held.isEmpty()) {
            letThrough();
        }
    }

    private void error(Event event) {
        over = true;
        attempt.call().cancel();
        ProviderError error = tap.error().orElse(new ProviderError("", "", ""));
        if (letThrough) {
            attempt.refusedInStream(error, event.raw());
        } else {
            held.add(event.raw());
            attempt.refusedAfter200(error, event.data().toBytes());
        }
    }

    /** What comes after the end is worth a moment, and no more. */
    @Override
    public void tick(long now) {
        if (done != null && !over && now - doneAt >= AFTER_DONE.toNanos()) {
            complete();
        }
    }

    private void complete() {
        over = true;
        letThrough();
        Slice end = done == null ? Slice.of(StreamText.done()) : done;
        attempt.countResponseBytes(end.length());
        exchange.streamed(attempt, end);
    }

    @Override
    public void ended() {
        if (over) {
            return;
        }
        if (reader.isWithinEvent()) {
            // A last event without its blank line: taken if it says something, dropped if it was cut.
            atEnd = true;
            data(BLANK_LINE);
            if (over) {
                return;
            }
        }
        if (tap.isComplete()) {
            complete();
        } else {
            over = true;
            attempt.lost(Outcome.TRUNCATED, Failures.truncated(), !letThrough);
        }
    }

    /** An answer that had come to its end is complete, whatever became of the connection after it (T7, U5). */
    @Override
    public void failed(UpstreamFailure failure) {
        if (over) {
            return;
        }
        if (tap.isComplete()) {
            complete();
            return;
        }
        over = true;
        attempt.lost(failure.isTimeout() ? Outcome.FAILED : Outcome.TRUNCATED, Failures.of(failure), !letThrough);
    }

    @Override
    public Withheld withheld() {
        return new Withheld(List.copyOf(held), true);
    }

    @Override
    public Delivered delivered() {
        return tap.delivered();
    }

    @Override
    public Optional<TokenUsage> usage() {
        return tap.usage();
    }

    @Override
    public boolean sawImplausibleUsage() {
        return tap.sawImplausibleUsage();
    }

    @Override
    public long malformedEvents() {
        return tap.malformedEvents();
    }

    @Override
    public Served served() {
        return new Served(tap.servedModel(), tap.servedTier(), Map.of());
    }
}
