package dev.jarvis.engine.model;

import java.util.OptionalInt;

/**
 * What a run has to know of its model.
 *
 * @param contextWindow tokens that it takes and gives, if its administrator said so
 * @param maxTokens of an answer
 */
public record ModelFacts(boolean vision, OptionalInt contextWindow, OptionalInt maxTokens) {}
