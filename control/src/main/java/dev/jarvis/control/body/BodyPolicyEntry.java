package dev.jarvis.control.body;

import java.time.Instant;
import java.util.UUID;

/**
 * What is set for a model or a caller key, as administrators and the audit log see it.
 *
 * @param scope model or caller_key
 * @param policy off, masked or full
 */
record BodyPolicyEntry(String scope, UUID subjectId, String policy, Instant updatedAt) {}
