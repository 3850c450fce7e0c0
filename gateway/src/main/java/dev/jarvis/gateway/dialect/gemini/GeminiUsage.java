package dev.jarvis.gateway.dialect.gemini;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.gateway.dialect.bytes.Name;
import dev.jarvis.gateway.dialect.usage.Counts;
import dev.jarvis.gateway.dialect.usage.UsageReading;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Sorts {@code usageMetadata} into disjoint classes. In it cached content is within {@code promptTokenCount}; what tools put
 * into the prompt, the candidates and the thoughts stand beside it, and {@code totalTokenCount} is the sum of the four. What
 * a total has more than that was generated without being said, and is charged as thoughts. Each event of a stream repeats
 * the whole report, so one is enough: the last.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#UsageMetadata">Gemini, UsageMetadata</a>
 */
public final class GeminiUsage {
    private static final Name PROMPT = Name.of("promptTokenCount");
    private static final Name CACHED = Name.of("cachedContentTokenCount");
    private static final Name TOOL_USE = Name.of("toolUsePromptTokenCount");
    private static final Name CANDIDATES = Name.of("candidatesTokenCount");
    private static final Name THOUGHTS = Name.of("thoughtsTokenCount");
    private static final Name TOTAL = Name.of("totalTokenCount");
    private static final Name PROMPT_DETAILS = Name.of("promptTokensDetails");
    private static final Name CACHE_DETAILS = Name.of("cacheTokensDetails");
    private static final Name TOOL_USE_DETAILS = Name.of("toolUsePromptTokensDetails");
    private static final Name CANDIDATES_DETAILS = Name.of("candidatesTokensDetails");
    private static final Name TRAFFIC_TYPE = Name.of("trafficType");

    /** Vertex AI's word for what is neither reserved nor batch; a tier may follow it. */
    private static final String ON_DEMAND = "ON_DEMAND";

    private final JsonCursor json;
    private final Counts counts;
    private final Modalities ofPrompt = new Modalities();
    private final Modalities ofCache = new Modalities();
    private final Modalities ofTools = new Modalities();
    private final Modalities ofCandidates = new Modalities();
    private long prompt;
    private long cached;
    private long toolUse;
    private long candidates;
    private long thoughts;
    private long total;
    private String traffic = "";

    private GeminiUsage(JsonCursor json) {
        this.json = json;
        this.counts = new Counts(json);
    }

    /** Reads the value that the cursor stands before. */
    public static UsageReading read(JsonCursor json) {
        if (json.kind() == JsonKind.NULL) {
            json.skipValue();
            return UsageReading.MISSING;
        }
        GeminiUsage usage = new GeminiUsage(json);
        usage.counts.members(usage::readMember);
        return usage.sorted();
    }

    private boolean readMember() {
        if (counts.keyIs(PROMPT)) {
            prompt = counts.read();
        } else if (counts.keyIs(CACHED)) {
            cached = counts.read();
        } else if (counts.keyIs(TOOL_USE)) {
            toolUse = counts.read();
        } else if (counts.keyIs(CANDIDATES)) {
            candidates = counts.read();
        } else if (counts.keyIs(THOUGHTS)) {
            thoughts = counts.read();
        } else if (counts.keyIs(TOTAL)) {
            total = counts.read();
        } else if (counts.keyIs(TRAFFIC_TYPE)) {
            traffic = counts.text();
        } else {
            return readDetails();
        }
        return true;
    }

    private boolean readDetails() {
        if (counts.keyIs(PROMPT_DETAILS)) {
            ofPrompt.read(json, counts);
        } else if (counts.keyIs(CACHE_DETAILS)) {
            ofCache.read(json, counts);
        } else if (counts.keyIs(TOOL_USE_DETAILS)) {
            ofTools.read(json, counts);
        } else if (counts.keyIs(CANDIDATES_DETAILS)) {
            ofCandidates.read(json, counts);
        } else {
            return false;
        }
        return true;
    }

    private UsageReading sorted() {
        if (counts.isFaulty() || cached > prompt) {
            return UsageReading.IMPLAUSIBLE;
        }
        long told = prompt + toolUse + candidates + thoughts;
        if (told == 0) {
            return UsageReading.MISSING;
        }
        // Cached audio is charged as cached, so only the rest of it counts as heard.
        long fresh = prompt - cached + toolUse;
        long heard = Math.clamp(ofPrompt.audio() - ofCache.audio() + ofTools.audio(), 0, fresh);
        long seen = Math.clamp(ofPrompt.image() - ofCache.image() + ofTools.image(), 0, fresh - heard);
        long spoken = Math.min(ofCandidates.audio(), candidates);
        return new UsageReading.Reported(
                new TokenUsage(
                        fresh - heard - seen,
                        cached,
                        0,
                        0,
                        candidates - spoken,
                        thoughts + Math.max(0, total - told),
                        heard,
                        spoken,
                        seen),
                Map.of(),
                tier());
    }

    private Optional<String> tier() {
        if (traffic.isEmpty() || traffic.equals("TRAFFIC_TYPE_UNSPECIFIED")) {
            return Optional.empty();
        }
        String tier = traffic.startsWith(ON_DEMAND + "_") ? traffic.substring(ON_DEMAND.length() + 1) : traffic;
        return Optional.of(tier.toLowerCase(Locale.ROOT));
    }
}
