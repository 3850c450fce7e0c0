package dev.jarvis.engine.agent;

/**
 * What an agent remembers.
 *
 * @param windowTokens how much of a conversation is sent, as estimated; what is older is left out
 * @param facts whether the agent may keep facts about its user
 */
public record MemoryChoice(int windowTokens, boolean facts) {
    public static final MemoryChoice DEFAULT = new MemoryChoice(16_000, false);
}
