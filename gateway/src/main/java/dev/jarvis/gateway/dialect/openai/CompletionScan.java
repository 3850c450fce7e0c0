package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonFault;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.gateway.dialect.bytes.Name;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.usage.UsageReading;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Reads one chat completion or one chunk of it for the facts that metering and relaying need. One object serves a whole
 * stream; only what its fields say of the last text is new with each.
 *
 * <p>Besides {@code usage} at the top, it is found where Groq ({@code x_groq.usage}) and Moonshot
 * ({@code choices[].usage}) put it.
 */
final class CompletionScan {
    private static final Name ID = Name.of("id");
    private static final Name OBJECT = Name.of("object");
    private static final Name MODEL = Name.of("model");
    private static final Name CHOICES = Name.of("choices");
    private static final Name USAGE = Name.of("usage");
    private static final Name X_GROQ = Name.of("x_groq");
    private static final Name DEFAULT_TIER = Name.of("default");
    private static final Name SERVICE_TIER = Name.of("service_tier");
    private static final Name ERROR = Name.of("error");
    private static final Name INDEX = Name.of("index");
    private static final Name DELTA = Name.of("delta");
    private static final Name MESSAGE = Name.of("message");
    private static final Name TEXT = Name.of("text");
    private static final Name FINISH_REASON = Name.of("finish_reason");
    private static final int MOST_CHOICES = 1024;

    private final JsonCursor json = JsonCursor.lenient();
    private final GeneratedText generated = new GeneratedText(json);

    /** Over all texts: which choices gave a finish reason, and which were seen at all. */
    final BitSet finished = new BitSet();

    final BitSet seen = new BitSet();
    String id = "";
    String model = "";
    /** As told last: the first chunks of a stream may not know yet. */
    String serviceTier = "";

    // Of the last text.
    boolean hasChoices;
    boolean isEmptyOfChoices;
    boolean hasError;
    boolean hasFinish;
    UsageReading usage = UsageReading.MISSING;
    /** Pairs of indexes: what to cut so that no {@code usage} member remains. */
    int[] cuts = new int[2];

    int cutCount;
    private boolean isUsageFromTop;

    /** Whether the text is a JSON object; if not, nothing else is known of it. */
    boolean read(Slice text) {
        hasChoices = false;
        isEmptyOfChoices = true;
        hasError = false;
        hasFinish = false;
        usage = UsageReading.MISSING;
        isUsageFromTop = false;
        cutCount = 0;
        generated.reset();
        try {
            json.reset(text);
            readTop();
            json.finish();
            return true;
        } catch (JsonFault malformed) {
            return false;
        }
    }

    /** Generated text of the last read, in bytes. */
    GeneratedText generated() {
        return generated;
    }

    private void readTop() {
        json.beginObject();
        boolean keptOne = false;
        while (json.nextMember()) {
            if (json.keyIs(USAGE)) {
                readUsage(keptOne);
                continue;
            }
            keptOne = true;
            if (json.keyIs(CHOICES)) {
                readChoices();
            } else if (json.keyIs(ID)) {
                id = readOnce(id);
            } else if (json.keyIs(MODEL)) {
                model = readOnce(model);
            } else if (json.keyIs(SERVICE_TIER)) {
                readServiceTier();
            } else if (json.keyIs(ERROR)) {
                readError();
            } else if (json.keyIs(OBJECT) && json.kind() == JsonKind.STRING) {
                json.readString();
                hasError |= json.textIs(ERROR);
            } else if (json.keyIs(X_GROQ)) {
                readHolder();
            } else {
                json.skipValue();
            }
        }
    }

    /** Some write an empty text into every chunk that has no error. */
    private void readError() {
        if (json.kind() == JsonKind.STRING) {
            json.readString();
            hasError |= json.textEnd() > json.textStart();
        } else {
            hasError |= json.kind() == JsonKind.OBJECT;
            json.skipValue();
        }
    }

    private String readOnce(String known) {
        if (!known.isEmpty() || json.kind() != JsonKind.STRING) {
            json.skipValue();
            return known;
        }
        json.readString();
        return json.text();
    }

    private void readServiceTier() {
        if (json.kind() != JsonKind.STRING) {
            json.skipValue();
            return;
        }
        json.readString();
        serviceTier = json.textIs(DEFAULT_TIER) ? "default" : json.text();
    }

    private void readUsage(boolean keptOne) {
        int from = keptOne ? json.separator() : json.keyStart();
        usage = OpenAiUsage.read(json);
        isUsageFromTop = true;
        int to = json.position();
        if (!keptOne) {
            int next = json.skipWhitespace();
            to = next < json.end() && json.array()[next] == ',' ? next + 1 : to;
        }
        if (cutCount + 2 > cuts.length) {
            cuts = Arrays.copyOf(cuts, cutCount * 2);
        }
        cuts[cutCount++] = from;
        cuts[cutCount++] = to;
    }

    /** An object that is of interest only for the usage in it. */
    private void readHolder() {
        if (json.kind() != JsonKind.OBJECT) {
            json.skipValue();
            return;
        }
        json.beginObject();
        while (json.nextMember()) {
            readNestedUsageOrSkip();
        }
    }

    private void readNestedUsageOrSkip() {
        if (!json.keyIs(USAGE)) {
            json.skipValue();
            return;
        }
        UsageReading nested = OpenAiUsage.read(json);
        if (!isUsageFromTop || usage instanceof UsageReading.Missing) {
            usage = nested;
        }
    }

    private void readChoices() {
        hasChoices = true;
        if (json.kind() != JsonKind.ARRAY) {
            json.skipValue();
            return;
        }
        json.beginArray();
        while (json.nextElement()) {
            isEmptyOfChoices = false;
            if (json.kind() == JsonKind.OBJECT) {
                readChoice();
            } else {
                json.skipValue();
            }
        }
    }

    private void readChoice() {
        long index = 0;
        boolean isFinished = false;
        json.beginObject();
        while (json.nextMember()) {
            if (json.keyIs(DELTA) || json.keyIs(MESSAGE)) {
                generated.readMessage();
            } else if (json.keyIs(INDEX)) {
                JsonKind kind = json.kind();
                json.skipValue();
                index = kind == JsonKind.NUMBER ? json.integer().orElse(0) : 0;
            } else if (json.keyIs(FINISH_REASON) && json.kind() == JsonKind.STRING) {
                json.readString();
                isFinished = json.textEnd() > json.textStart();
            } else if (json.keyIs(TEXT)) {
                generated.readValue();
            } else {
                readNestedUsageOrSkip();
            }
        }
        int choice = (int) Math.clamp(index, 0, MOST_CHOICES);
        seen.set(choice);
        if (isFinished) {
            finished.set(choice);
            hasFinish = true;
        }
    }
}
