package dev.jarvis.engine.agent;

import dev.jarvis.platform.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What two versions of an agent differ in, field by field. Lists are compared whole. */
final class AgentDiff {
    /** @param field with dots: {@code model.temperature} */
    record Change(
            String field,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {}

    private AgentDiff() {}

    static List<Change> between(AgentConfig before, AgentConfig after) {
        List<Change> changes = new ArrayList<>();
        compare("", Json.MAPPER.valueToTree(before), Json.MAPPER.valueToTree(after), changes);
        return changes;
    }

    private static void compare(String path, ObjectNode before, ObjectNode after, List<Change> changes) {
        Set<String> names = new LinkedHashSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        for (String name : names) {
            JsonNode one = before.get(name);
            JsonNode other = after.get(name);
            if (one instanceof ObjectNode left && other instanceof ObjectNode right) {
                compare(path + name + ".", left, right, changes);
            } else if (one == null || !one.equals(other)) {
                changes.add(new Change(path + name, one, other));
            }
        }
    }
}
