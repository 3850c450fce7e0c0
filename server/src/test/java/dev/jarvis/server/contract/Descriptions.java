package dev.jarvis.server.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All OpenAPI descriptions, as they are packaged. */
final class Descriptions {
    static final List<String> NAMES = List.of("gateway.yaml", "control.yaml", "engine.yaml");
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch", "head", "options");

    private static final List<String> MAY_BE_NULL = List.of("default", "example", "examples");

    private final List<Operation> operations = new ArrayList<>();
    private final SchemaRegistry registry;

    Descriptions() {
        Map<String, String> documents = new HashMap<>();
        for (String name : NAMES) {
            JsonNode document = read(name);
            documents.put(iri(name), document.toString());
            for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
                for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
                    if (METHODS.contains(member.getKey())) {
                        operations.add(new Operation(this, name, document, path.getKey(), member));
                    }
                }
            }
        }
        registry = SchemaRegistry.withDefaultDialect(
                Dialects.getOpenApi31(),
                builder -> builder.schemas(documents)
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** The operation that a request is for. */
    Operation find(String method, String path) {
        return operations.stream()
                .filter(operation -> operation.fits(method, path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no description of " + method + " " + path));
    }

    /** @param node a schema within the description of that name */
    Schema schema(String name, JsonNode node) {
        return registry.getSchema(absolute(node, iri(name)));
    }

    static JsonNode read(String name) {
        try (@Nullable InputStream resource = Descriptions.class.getResourceAsStream("/api/" + name)) {
            if (resource == null) {
                throw new AssertionError("/api/" + name + " is not packaged");
            }
            return new YAMLMapper().readTree(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Members without a value: what stands behind the comma of a sentence without quotes. */
    static List<String> cutOff(String name) {
        List<String> found = new ArrayList<>();
        collectCutOff(read(name), name, found);
        return found;
    }

    private static void collectCutOff(JsonNode node, String place, List<String> found) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String inside = place + "/" + member.getKey();
            if (MAY_BE_NULL.contains(member.getKey())) {
                continue;
            }
            if (member.getValue().isNull()) {
                found.add(inside);
            }
            collectCutOff(member.getValue(), inside, found);
        }
        if (node.isArray()) {
            node.forEach(element -> collectCutOff(element, place + "/-", found));
        }
    }

    private static String iri(String name) {
        return "https://jarvis.invalid/" + name.replace(".yaml", ".json");
    }

    /** A copy whose references lead into the document, wherever the copy is. */
    private static JsonNode absolute(JsonNode node, String iri) {
        JsonNode copy = node.deepCopy();
        rewrite(copy, iri);
        return copy;
    }

    private static void rewrite(JsonNode node, String iri) {
        if (node instanceof ObjectNode object) {
            if (object.path("$ref").asString("").startsWith("#")) {
                object.set("$ref", StringNode.valueOf(iri + object.path("$ref").asString()));
            }
            object.forEach(child -> rewrite(child, iri));
        } else if (node instanceof ArrayNode array) {
            array.forEach(child -> rewrite(child, iri));
        }
    }
}
