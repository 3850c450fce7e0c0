package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.Escapes;
import dev.jarvis.gateway.dialect.bytes.Slice;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
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
    private final CapEdit capEdit;

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
        this.capEdit = top.capEdit();
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
     * The body for the provider: the client's bytes with the value of {@code model} replaced where it differs, for a
     * stream {@code stream_options.include_usage} true, and where the request limits no answer, the limit that was
     * reserved. Slices of the body with small pieces between; one slice where nothing changes. A byte order mark is left
     * out.
     */
    public List<Slice> rewritten(Wanted wanted) {
        List<Slice> pieces = new ArrayList<>(5);
        int from = body.offset();
        for (Edit edit : edits(wanted)) {
            pieces.add(new Slice(body.array(), from, edit.from() - from));
            pieces.add(Slice.of(edit.text()));
            from = edit.to();
        }
        pieces.add(new Slice(body.array(), from, body.end() - from));
        return pieces;
    }

    /** The same without a limit of output tokens. */
    public List<Slice> rewritten(String upstreamModel) {
        return rewritten(new Wanted(upstreamModel, OptionalLong.empty(), CapName.MAX_TOKENS));
    }

    /** The sum of the lengths of {@link #rewritten(String)}. */
    public long rewrittenLength(String upstreamModel) {
        long length = body.length();
        for (Edit edit : edits(new Wanted(upstreamModel, OptionalLong.empty(), CapName.MAX_TOKENS))) {
            length += edit.text().length - (edit.to() - edit.from());
        }
        return length;
    }

    /** In the order of the body. */
    private List<Edit> edits(Wanted wanted) {
        List<Edit> edits = new ArrayList<>(3);
        if (usageEdit != null) {
            edits.add(usageEdit);
        }
        if (!wanted.model().equals(model)) {
            edits.add(new Edit(modelStart, modelEnd, Escapes.quoted(wanted.model())));
        }
        if (wanted.cap().isPresent() && maxTokens.isEmpty()) {
            edits.add(capEdit.of(wanted.capName().code(), wanted.cap().getAsLong()));
        }
        if (edits.size() > 1) {
            edits.sort(Comparator.comparingInt(Edit::from));
        }
        return edits;
    }

    /**
     * What the provider's request is to say.
     *
     * @param model the provider's name of it
     * @param cap the most output tokens of one answer, where the client names none
     */
    public record Wanted(String model, OptionalLong cap, CapName capName) {}

    /** How a provider calls the limit of output tokens. */
    public enum CapName {
        MAX_TOKENS(CapEdit.MAX_TOKENS),
        /** The only one that OpenAI's reasoning models take. */
        MAX_COMPLETION_TOKENS(CapEdit.MAX_COMPLETION_TOKENS);

        private final String code;

        CapName(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** What it is about without what it says. */
    @Override
    public String toString() {
        return "ChatRequest[model=" + model + ", stream=" + stream + ", " + body.length() + " bytes]";
    }
}
