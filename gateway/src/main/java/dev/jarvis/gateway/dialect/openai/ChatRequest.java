package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.Escapes;
import dev.jarvis.gateway.dialect.bytes.Slice;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A checked chat completion request: its bytes as they came, and the few facts that routing and metering need. */
public final class ChatRequest {
    /** Bytes to put in place of a range of the body; an empty range is an insertion. */
    record Edit(int from, int to, byte[] text) {}

    private final Slice body;
    private final String model;
    private final int modelStart;
    private final int modelEnd;
    private final boolean stream;
    private final boolean wantsUsage;
    private final @Nullable Edit usageEdit;
    private final OptionalLong maxTokens;
    private final int choices;
    private final @Nullable String serviceTier;
    private final int messages;

    ChatRequest(TopLevel top, Slice body) {
        this.body = body;
        this.model = top.model();
        this.modelStart = top.modelStart();
        this.modelEnd = top.modelEnd();
        this.stream = top.isStream();
        this.wantsUsage = top.wantsUsage();
        this.usageEdit = top.usageEdit();
        this.maxTokens = top.maxTokens();
        this.choices = top.choices();
        this.serviceTier = top.serviceTier();
        this.messages = top.messages();
    }

    /** As it came, without a byte order mark. */
    public Slice body() {
        return body;
    }

    /** The model that the client asks for, not empty. */
    public String model() {
        return model;
    }

    public boolean isStream() {
        return stream;
    }

    /** Whether the client itself asked for {@code stream_options.include_usage}. */
    public boolean wantsUsage() {
        return wantsUsage;
    }

    /** {@code max_completion_tokens} or {@code max_tokens}, at least 1. */
    public OptionalLong maxTokens() {
        return maxTokens;
    }

    /** {@code n}: how many answers are asked for, 1 to 128. */
    public int choices() {
        return choices;
    }

    public Optional<String> serviceTier() {
        return Optional.ofNullable(serviceTier);
    }

    /** How many messages the conversation has. */
    public int messages() {
        return messages;
    }

    /**
     * The body for the provider: the client's bytes with the value of {@code model} replaced where it differs and, for a
     * stream, {@code stream_options.include_usage} true. Slices of the body with small pieces between; one slice where
     * nothing changes. A byte order mark is left out.
     */
    public List<Slice> rewritten(String upstreamModel) {
        List<Slice> pieces = new ArrayList<>(5);
        int from = body.offset();
        for (Edit edit : edits(upstreamModel)) {
            pieces.add(new Slice(body.array(), from, edit.from() - from));
            pieces.add(Slice.of(edit.text()));
            from = edit.to();
        }
        pieces.add(new Slice(body.array(), from, body.end() - from));
        return pieces;
    }

    /** The sum of the lengths of {@link #rewritten}. */
    public long rewrittenLength(String upstreamModel) {
        long length = body.length();
        for (Edit edit : edits(upstreamModel)) {
            length += edit.text().length - (edit.to() - edit.from());
        }
        return length;
    }

    /** In the order of the body. */
    private List<Edit> edits(String upstreamModel) {
        Edit usage = usageEdit;
        if (upstreamModel.equals(model)) {
            return usage == null ? List.of() : List.of(usage);
        }
        Edit named = new Edit(modelStart, modelEnd, Escapes.quoted(upstreamModel));
        if (usage == null) {
            return List.of(named);
        }
        return usage.from() < modelStart ? List.of(usage, named) : List.of(named, usage);
    }

    /** What it is about without what it says. */
    @Override
    public String toString() {
        return "ChatRequest[model=" + model + ", stream=" + stream + ", " + body.length() + " bytes]";
    }
}
