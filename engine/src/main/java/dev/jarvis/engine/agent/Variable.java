package dev.jarvis.engine.agent;

/** A word of the instructions, written {@code {{name}}}, that a conversation fills in. */
public record Variable(String name, String description, String fallback) {}
