package dev.jarvis.gateway.dialect.usage;

import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.gateway.dialect.bytes.Name;

import java.util.function.BooleanSupplier;

/** Reads the numbers of one report, and remembers whether one of them cannot be a count. */
public final class Counts {
    private static final long MOST = 1_000_000_000_000L;

    private final JsonCursor json;
    private boolean faulty;

    public Counts(JsonCursor json) {
        this.json = json;
    }

    /** The value that the cursor stands before; zero where it is null or no count. */
    public long read() {
        JsonKind kind = json.kind();
        json.skipValue();
        if (kind == JsonKind.NULL) {
            return 0;
        }
        long count = kind == JsonKind.NUMBER ? json.integer().orElse(-1) : -1;
        if (count < 0 || count > MOST) {
            faulty = true;
            return 0;
        }
        return count;
    }

    /**
     * Goes through an object's members, asking for each whether it was read; others are skipped. What is neither an object
     * nor null is a fault.
     */
    public void members(BooleanSupplier reader) {
        if (json.kind() != JsonKind.OBJECT) {
            faulty |= json.kind() != JsonKind.NULL;
            json.skipValue();
            return;
        }
        json.beginObject();
        while (json.nextMember()) {
            if (!reader.getAsBoolean()) {
                json.skipValue();
            }
        }
    }

    public boolean keyIs(Name name) {
        return json.keyIs(name);
    }

    /** The text that the cursor stands before; empty where it is none. */
    public String text() {
        if (json.kind() != JsonKind.STRING) {
            json.skipValue();
            return "";
        }
        json.readString();
        return json.text();
    }

    /** Whether something was no count at all: then none of the rest is believed either. */
    public boolean isFaulty() {
        return faulty;
    }
}
