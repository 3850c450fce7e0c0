package dev.jarvis.engine.mcp;

import dev.jarvis.engine.mcp.client.Characters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The schema of a tool's arguments, written by a stranger. Models are shown it as it is, if it is of reasonable size. Arguments are
 * checked by {@link #forChecking}, whose cost is bounded: references are put in where they stand, those that lead to themselves or
 * to too much are let be, and patterns, which can take for ever, are the server's to check.
 */
public final class ToolSchema {
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_DEPTH = 32;
    private static final int MOST_NODES = 5_000;
    private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");
    private static final Set<String> LEFT_OUT = Set.of(
            "pattern",
            "patternProperties",
            "format",
            "$id",
            "$anchor",
            "$dynamicAnchor",
            "$recursiveAnchor",
            "$schema",
            "$vocabulary",
            "$defs",
            "definitions");

    /** Members whose value is a map of schemas by names that are not keywords. */
    private static final Set<String> MAPS = Set.of("properties", "dependentSchemas");

    /** Members whose value is data, not a schema. */
    private static final Set<String> DATA =
            Set.of("const", "enum", "default", "examples", "required", "dependentRequired");

    private final ObjectNode root;
    private int nodes;

    private ToolSchema(ObjectNode root) {
        this.root = root;
    }

    /** Why a schema is not passed on. */
    static Optional<String> fault(ObjectNode schema) {
        if (depth(schema, 0) > MOST_DEPTH) {
            return Optional.of("Its schema is nested more than " + MOST_DEPTH + " deep.");
        }
        if (schema.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return Optional.of("Its schema is longer than " + MOST_BYTES / 1024 + " KiB.");
        }
        if (!schema.path("type").asString("").equals("object")) {
            return Optional.of("Its schema is not one of an object.");
        }
        if (!arePlain(schema)) {
            return Optional.of("Its schema holds characters that nobody sees.");
        }
        return hasForeignReference(schema)
                ? Optional.of("Its schema refers to another place, which nobody reads.")
                : Optional.empty();
    }

    private static int depth(JsonNode node, int above) {
        int deepest = above;
        if (above <= MOST_DEPTH) {
            for (JsonNode child : node) {
                deepest = Math.max(deepest, depth(child, above + 1));
            }
        }
        return deepest;
    }

    private static boolean arePlain(JsonNode node) {
        if (node.isString()) {
            return Characters.arePlain(node.stringValue());
        }
        if (node instanceof ObjectNode object
                && !object.propertyNames().stream().allMatch(Characters::arePlain)) {
            return false;
        }
        return node.valueStream().allMatch(ToolSchema::arePlain);
    }

    private static boolean hasForeignReference(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String name : REFERENCES) {
                JsonNode target = object.path(name);
                if (target.isString() && !target.stringValue().startsWith("#")) {
                    return true;
                }
            }
        }
        return node.valueStream().anyMatch(ToolSchema::hasForeignReference);
    }

    /** What arguments are checked by. */
    public static ObjectNode forChecking(ObjectNode schema) {
        return new ToolSchema(schema).schema(schema, new HashSet<>()) instanceof ObjectNode object
                ? object
                : JsonNodeFactory.instance.objectNode();
    }

    private JsonNode schema(JsonNode node, Set<String> within) {
        if (++nodes > MOST_NODES) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> copy.add(schema(item, within)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            if (DATA.contains(name)) {
                copy.set(name, member.getValue());
            } else if (MAPS.contains(name) && member.getValue() instanceof ObjectNode map) {
                ObjectNode schemas = copy.putObject(name);
                map.properties().forEach(entry -> schemas.set(entry.getKey(), schema(entry.getValue(), within)));
            } else if (!LEFT_OUT.contains(name) && !REFERENCES.contains(name)) {
                copy.set(name, schema(member.getValue(), within));
            }
        }
        String reference = object.path("$ref").asString("");
        if (!reference.isEmpty()) {
            putIn(copy, reference, within);
        }
        return copy;
    }

    private void putIn(ObjectNode copy, String reference, Set<String> within) {
        JsonNode target = target(reference);
        if (target.isMissingNode() || !within.add(reference)) {
            return;
        }
        JsonNode put = schema(target, within);
        within.remove(reference);
        if (copy.path("allOf") instanceof ArrayNode all) {
            all.add(put);
        } else {
            copy.putArray("allOf").add(put);
        }
    }

    private JsonNode target(String reference) {
        if (reference.equals("#")) {
            return root;
        }
        return reference.startsWith("#/") && !reference.contains("%")
                ? root.at(reference.substring(1))
                : JsonNodeFactory.instance.missingNode();
    }
}
