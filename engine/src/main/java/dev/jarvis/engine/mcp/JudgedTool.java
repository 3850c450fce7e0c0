package dev.jarvis.engine.mcp;

import dev.jarvis.engine.mcp.client.Characters;
import dev.jarvis.engine.mcp.client.ListedTool;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/**
 * A listed tool, with what keeps agents from using it. What cannot be shown to an administrator as it is, cannot be allowed by one:
 * it is not kept, only that it was there.
 */
record JudgedTool(
        String name, String title, String description, ObjectNode schema, String fingerprint, Optional<String> fault) {
    private static final int MOST_DESCRIPTION = 10_000;

    static JudgedTool of(ListedTool tool) {
        Optional<String> fault = fault(tool);
        return new JudgedTool(
                tool.name(),
                tool.title(),
                fault.isEmpty() ? tool.description() : "",
                fault.isEmpty() ? tool.schema() : JsonNodeFactory.instance.objectNode(),
                Fingerprint.of(tool.name(), tool.description(), tool.schema()),
                fault);
    }

    private static Optional<String> fault(ListedTool tool) {
        if (tool.description().length() > MOST_DESCRIPTION) {
            return Optional.of("Its description is longer than " + MOST_DESCRIPTION + " characters.");
        }
        if (!Characters.arePlain(tool.description())) {
            return Optional.of("Its description holds characters that nobody sees.");
        }
        return ToolSchema.fault(tool.schema());
    }
}
