package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.sse.Event;
import dev.jarvis.gateway.dialect.usage.UsageReading;
import dev.jarvis.gateway.meter.Delivered;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Watches one chat stream go by: what each event is, what it used, how it ended. Not thread-safe. */
public final class ChatStreamTap {
    /** What an event is to the one who relays it. */
    public enum Kind {
        /** A part of the answer: generated content, a tool call, or a choice's finish reason. */
        CONTENT,
        /** Before or between content: a role, an empty delta, filter results. May be held back. */
        LIFECYCLE,
        /** Usage without choices: sent because it was asked for. */
        USAGE_ONLY,
        /** An error of the provider after its 200; see {@link ChatStreamTap#error}. */
        ERROR,
        /** {@code [DONE]}. */
        DONE,
        /** A comment, a blank line, an event without data: a sign of life from the provider and no progress. */
        COMMENT,
        /** Not JSON, or no chat chunk: relayed verbatim. */
        OTHER
    }

    private static final byte[] END = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final int choices;
    private final CompletionScan scan = new CompletionScan();
    private final UsageTally tally;

    private @Nullable Event last;
    private Kind kind = Kind.COMMENT;
    private boolean done;
    private long events;
    private long contentBytes;
    private long nonAsciiBytes;
    private long malformed;
    private @Nullable ProviderError error;

    /**
     * @param choices how many choices the request asked for
     * @param maxTokens of the request: usage far beyond it is not believed
     */
    public ChatStreamTap(int choices, OptionalLong maxTokens) {
        this.choices = choices;
        this.tally = new UsageTally(new AnswerCap(choices, maxTokens));
    }

    /**
     * Reads the next event. After {@code [DONE]} too: usage that comes late counts (but is not relayed).
     *
     * @return of a line feed that the event before still had to get: what that was
     */
    public Kind read(Event event) {
        last = event;
        scan.cutCount = 0;
        if (!event.isLineFeed()) {
            kind = kindOf(event);
        }
        return kind;
    }

    private Kind kindOf(Event event) {
        if (!event.hasData()) {
            return Kind.COMMENT;
        }
        Slice data = event.data();
        if (isEnd(data)) {
            done = true;
            return Kind.DONE;
        }
        if (!scan.read(data)) {
            scan.cutCount = 0;
            malformed++;
            return event.name().equals("error") ? failed(data) : Kind.OTHER;
        }
        tally.add(scan.usage);
        count(scan.generated());
        if (scan.hasError || event.name().equals("error")) {
            return failed(data);
        }
        if (scan.generated().isAny() || scan.hasFinish) {
            return Kind.CONTENT;
        }
        if (scan.isEmptyOfChoices && scan.cutCount > 0 && !(scan.usage instanceof UsageReading.Missing)) {
            return Kind.USAGE_ONLY;
        }
        return scan.hasChoices ? Kind.LIFECYCLE : Kind.OTHER;
    }

    private Kind failed(Slice data) {
        error = ProviderError.read(data).orElse(ProviderError.UNKNOWN);
        return Kind.ERROR;
    }

    private void count(GeneratedText text) {
        if (text.isAny()) {
            events++;
            contentBytes += text.bytes();
            nonAsciiBytes += text.nonAsciiBytes();
        }
    }

    private static boolean isEnd(Slice data) {
        byte[] array = data.array();
        int start = data.offset();
        int end = data.end();
        while (start < end && array[start] == ' ') {
            start++;
        }
        while (start < end && array[end - 1] == ' ') {
            end--;
        }
        return Arrays.equals(array, start, end, END, 0, END.length);
    }

    /** The event read last, for a client that did not ask for usage: nothing, or its bytes without the member {@code usage}. */
    public List<Slice> withoutUsage() {
        Event event = last;
        if (event == null) {
            return List.of();
        }
        if (kind == Kind.USAGE_ONLY) {
            return List.of();
        }
        return scan.cutCount == 0 ? List.of(event.raw()) : UsageCut.of(event, scan.cuts, scan.cutCount);
    }

    /** The last plausible usage, in disjoint classes. */
    public Optional<TokenUsage> usage() {
        return tally.usage();
    }

    /** Whether some usage was reported that cannot be true (negative, text, absurd): worth an alert. */
    public boolean sawImplausibleUsage() {
        return tally.sawImplausible();
    }

    /**
     * Whether the answer came to its proper end: every choice asked for gave a finish reason, or {@code [DONE]} came.
     * What {@link #error} says comes first.
     */
    public boolean isComplete() {
        return done || scan.finished.cardinality() >= choices;
    }

    /** Whether {@code [DONE]} came. */
    public boolean isDone() {
        return done;
    }

    /** How many choices gave a finish reason. */
    public int finishedChoices() {
        return scan.finished.cardinality();
    }

    /** What was generated so far. */
    public Delivered delivered() {
        return new Delivered(events, contentBytes, nonAsciiBytes);
    }

    /** The model that the provider says it serves. */
    public Optional<String> servedModel() {
        return unlessEmpty(scan.model);
    }

    /** The service tier that the provider says it serves with, in its word. */
    public Optional<String> servedTier() {
        return unlessEmpty(scan.serviceTier);
    }

    /** The provider's id of this completion. */
    public Optional<String> upstreamId() {
        return unlessEmpty(scan.id);
    }

    /** The error of the last {@link Kind#ERROR} event. */
    public Optional<ProviderError> error() {
        return Optional.ofNullable(error);
    }

    /** Events whose data was no JSON object. */
    public long malformedEvents() {
        return malformed;
    }

    static Optional<String> unlessEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
