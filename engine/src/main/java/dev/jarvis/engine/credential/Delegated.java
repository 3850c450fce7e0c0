package dev.jarvis.engine.credential;

import dev.jarvis.platform.vault.Secret;

import java.time.Instant;

/** A token with which a run acts for its user. */
public record Delegated(Secret token, Instant expiresAt) {}
