package dev.jarvis.gateway.dialect.gemini;

import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.gateway.dialect.bytes.Name;
import dev.jarvis.gateway.dialect.usage.Counts;

/** A list of {@code {modality, tokenCount}}: of what kinds a number of tokens was. Text, video and documents cost the same. */
final class Modalities {
    private static final Name MODALITY = Name.of("modality");
    private static final Name TOKEN_COUNT = Name.of("tokenCount");

    private long audio;
    private long image;
    private String modality = "";
    private long tokens;

    /** Reads the list that the cursor stands before. */
    void read(JsonCursor json, Counts counts) {
        audio = 0;
        image = 0;
        if (json.kind() != JsonKind.ARRAY) {
            json.skipValue();
            return;
        }
        json.beginArray();
        while (json.nextElement()) {
            modality = "";
            tokens = 0;
            counts.members(() -> readMember(counts));
            if (modality.equals("AUDIO")) {
                audio += tokens;
            } else if (modality.equals("IMAGE")) {
                image += tokens;
            }
        }
    }

    private boolean readMember(Counts counts) {
        if (counts.keyIs(MODALITY)) {
            modality = counts.text();
        } else if (counts.keyIs(TOKEN_COUNT)) {
            tokens = counts.read();
        } else {
            return false;
        }
        return true;
    }

    long audio() {
        return audio;
    }

    long image() {
        return image;
    }
}
