package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.gateway.dialect.bytes.Name;
import dev.jarvis.gateway.dialect.bytes.Words;

/**
 * Counts what the model itself wrote in a message or delta: text, reasoning, refusals, names and arguments of tool
 * calls, spoken words. Roles, ids and encoded pictures or sounds are not text.
 */
final class GeneratedText {
    private static final Name ROLE = Name.of("role");

    /** Members whose strings are generated text, at whatever depth below. The common ones first. */
    private static final Name[] WRITTEN = names(
            "content",
            "reasoning_content",
            "reasoning",
            "tool_calls",
            "function",
            "arguments",
            "refusal",
            "text",
            "name",
            "thinking",
            "function_call",
            "custom",
            "input",
            "audio",
            "transcript");

    /** Members that are an answer without being text. Reasoning details repeat what {@code reasoning} says. */
    private static final Name[] UNWRITTEN = names("data", "images", "reasoning_details");

    private final JsonCursor json;
    private boolean any;
    private long bytes;
    private long nonAsciiBytes;

    GeneratedText(JsonCursor json) {
        this.json = json;
    }

    private static Name[] names(String... texts) {
        Name[] names = new Name[texts.length];
        for (int i = 0; i < texts.length; i++) {
            names[i] = Name.of(texts[i]);
        }
        return names;
    }

    void reset() {
        any = false;
        bytes = 0;
        nonAsciiBytes = 0;
    }

    /** Whether anything was generated, text or not. */
    boolean isAny() {
        return any;
    }

    long bytes() {
        return bytes;
    }

    long nonAsciiBytes() {
        return nonAsciiBytes;
    }

    /** Reads a message or a delta. */
    void readMessage() {
        if (json.kind() == JsonKind.OBJECT) {
            readObject();
        } else {
            json.skipValue();
        }
    }

    /** Reads a value all of whose strings, and all of whose known members' strings, are generated. */
    void readValue() {
        switch (json.kind()) {
            case STRING -> {
                json.readString();
                count(json.textStart(), json.textEnd());
            }
            case ARRAY -> {
                json.beginArray();
                while (json.nextElement()) {
                    readValue();
                }
            }
            case OBJECT -> readObject();
            default -> json.skipValue();
        }
    }

    private void readObject() {
        json.beginObject();
        while (json.nextMember()) {
            if (json.keyIs(ROLE)) {
                json.skipValue();
            } else if (isKeyIn(WRITTEN)) {
                readValue();
            } else {
                boolean isAnswer = isKeyIn(UNWRITTEN);
                json.skipValue();
                any |= isAnswer && json.valueEnd() - json.valueStart() > 2 && json.array()[json.valueStart()] != 'n';
            }
        }
    }

    private boolean isKeyIn(Name[] names) {
        for (Name name : names) {
            if (json.keyIs(name)) {
                return true;
            }
        }
        return false;
    }

    private void count(int start, int end) {
        if (end > start) {
            any = true;
            bytes += end - start;
            nonAsciiBytes += Words.nonAscii(json.array(), start, end);
        }
    }
}
