package dev.jarvis.engine.conversation;

import java.util.UUID;

/**
 * What a model wrote of the beginning of a branch.
 *
 * @param messageId the last message that it covers
 */
public record Summary(UUID messageId, String text) {}
