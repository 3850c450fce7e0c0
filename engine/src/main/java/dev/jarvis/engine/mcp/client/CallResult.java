package dev.jarvis.engine.mcp.client;

/** What a call brought, as text. @param failed whether the server says that it went wrong */
public record CallResult(String text, boolean failed) {}
