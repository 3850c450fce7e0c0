package dev.jarvis.engine.agent;

import java.time.Instant;

/** A version in a list of them. */
record AgentVersion(int version, boolean current, String name, String modelId, String createdBy, Instant createdAt) {}
