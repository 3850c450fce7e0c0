package dev.jarvis.engine.agent;

/**
 * What an agent remembers.
 *
 * @param windowTokens how much of a conversation is sent, as estimated; what is older is summarised or left out
 * @param summary whether what is older is summarised
 * @param facts whether the agent may keep facts about its user
 */
public record MemoryChoice(int windowTokens, boolean summary, boolean facts) {
    public static final MemoryChoice DEFAULT = new MemoryChoice(16_000, true, false);
}
