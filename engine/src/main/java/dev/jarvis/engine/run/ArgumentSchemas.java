package dev.jarvis.engine.run;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.jarvis.engine.mcp.ToolSchema;
import tools.jackson.databind.node.ObjectNode;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Schemas of tools' arguments, ready to check by: to make one ready costs more than to check by it a hundred times. */
final class ArgumentSchemas {
    private static final int MOST = 200;
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** @param foreign whether a stranger wrote it */
    private record Key(ObjectNode parameters, boolean foreign) {}

    /** Those that were used last. */
    private final Map<Key, Schema> ready = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Schema> eldest) {
            return size() > MOST;
        }
    });

    /** @throws RuntimeException if it is none */
    Schema of(PlannedTool tool) {
        return ready.computeIfAbsent(
                new Key(tool.parameters(), tool.mcp() != null),
                key -> REGISTRY.getSchema(key.foreign() ? ToolSchema.forChecking(key.parameters()) : key.parameters()));
    }
}
