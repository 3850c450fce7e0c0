package dev.jarvis.engine.mcp;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.UUID;

/**
 * A tool: what its server listed last, and what an administrator allowed.
 *
 * @param fingerprint of what was listed last
 * @param fault why no agent can use it
 * @param listed whether the server still lists it
 * @param approval whether a person must allow each call
 */
record McpTool(
        UUID serverId,
        String name,
        String title,
        String description,
        ObjectNode schema,
        String fingerprint,
        @Nullable String fault,
        boolean listed,
        boolean allowed,
        boolean approval,
        @Nullable String allowedFingerprint,
        @Nullable String allowedDescription,
        @Nullable ObjectNode allowedSchema,
        @Nullable String allowedBy,
        @Nullable Instant allowedAt) {

    /** Whether it is, word for word, what an administrator allowed. */
    boolean isUsable() {
        return allowed && listed && fault == null && fingerprint.equals(allowedFingerprint);
    }

    /** {@code off}, {@code allowed}, {@code changed} since it was allowed, {@code gone} from the server's list, or {@code unusable}. */
    String state() {
        if (!listed) {
            return "gone";
        }
        if (fault != null) {
            return "unusable";
        }
        if (!allowed) {
            return "off";
        }
        return fingerprint.equals(allowedFingerprint) ? "allowed" : "changed";
    }
}
