package dev.jarvis.gateway.meter;

import java.util.UUID;

/**
 * A settled record with the bytes it was journaled as.
 *
 * @param attemptId of the frame's header: known even when the body cannot be read
 */
record JournaledUsage(UUID attemptId, byte[] raw, UsageRecord usage) {}
