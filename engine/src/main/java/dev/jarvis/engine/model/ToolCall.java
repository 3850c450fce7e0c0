package dev.jarvis.engine.model;

/** A call that a model asks for. @param arguments JSON text as the model wrote it, valid or not */
public record ToolCall(String id, String name, String arguments) {}
