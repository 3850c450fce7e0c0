package dev.jarvis.engine.memory;

import java.time.Instant;
import java.util.UUID;

/** Something that an agent keeps about a user. */
record Fact(UUID id, UUID agentId, String text, Instant createdAt) {}
