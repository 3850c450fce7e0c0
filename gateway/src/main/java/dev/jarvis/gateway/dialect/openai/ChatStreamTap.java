package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.sse.Event;
import dev.jarvis.gateway.meter.Delivered;

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
        /** A comment or blank line: a sign of life from the provider and no progress. */
        COMMENT,
        /** Not JSON, or no chat chunk: relayed verbatim. */
        OTHER
    }

    /**
     * @param choices how many choices the request asked for
     * @param maxTokens of the request: usage far beyond it is not believed
     */
    public ChatStreamTap(int choices, OptionalLong maxTokens) {}

    /** Reads the next event. After {@code [DONE]} too: usage that comes late counts (but is not relayed). */
    public Kind read(Event event) {
        throw new UnsupportedOperationException();
    }

    /** The event read last, for a client that did not ask for usage: nothing, or its bytes without the member {@code usage}. */
    public List<Slice> withoutUsage() {
        throw new UnsupportedOperationException();
    }

    /** The last plausible usage, in disjoint classes. */
    public Optional<TokenUsage> usage() {
        throw new UnsupportedOperationException();
    }

    /** Whether some usage was reported that cannot be true (negative, text, absurd): worth an alert. */
    public boolean sawImplausibleUsage() {
        throw new UnsupportedOperationException();
    }

    /** Whether the answer came to its proper end: every choice gave a finish reason, or {@code [DONE]} came. */
    public boolean isComplete() {
        throw new UnsupportedOperationException();
    }

    /** Whether {@code [DONE]} came. */
    public boolean isDone() {
        throw new UnsupportedOperationException();
    }

    /** How many choices gave a finish reason. */
    public int finishedChoices() {
        throw new UnsupportedOperationException();
    }

    /** What was generated so far. */
    public Delivered delivered() {
        throw new UnsupportedOperationException();
    }

    /** The model that the provider says it serves. */
    public Optional<String> servedModel() {
        throw new UnsupportedOperationException();
    }

    /** The provider's id of this completion. */
    public Optional<String> upstreamId() {
        throw new UnsupportedOperationException();
    }

    /** The error of the last {@link Kind#ERROR} event. */
    public Optional<ProviderError> error() {
        throw new UnsupportedOperationException();
    }

    /** Events whose data was no JSON. */
    public long malformedEvents() {
        throw new UnsupportedOperationException();
    }
}
