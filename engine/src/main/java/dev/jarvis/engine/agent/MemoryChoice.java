package dev.jarvis.engine.agent;

import org.jspecify.annotations.Nullable;

/**
 * What an agent remembers.
 *
 * @param windowTokens how much of a conversation is sent, as estimated
 * @param facts whether the agent may keep facts about its user
 * @param mode what becomes of what is older: {@code window}, or {@code null}: it is left out; {@code summary}: it is summarised
 */
public record MemoryChoice(
        int windowTokens, boolean facts, @Nullable String mode) {
    static final String WINDOW = "window";
    static final String SUMMARY = "summary";

    public static final MemoryChoice DEFAULT = new MemoryChoice(16_000, false, WINDOW);

    /** Agents that were made before there was a choice have none. */
    public MemoryChoice {
        mode = mode == null ? WINDOW : mode;
    }

    public boolean summarizes() {
        return SUMMARY.equals(mode);
    }
}
