package dev.jarvis.gateway.idempotency;

/** An answer that was given before. */
public record KeptAnswer(int status, String contentType, byte[] body) {}
