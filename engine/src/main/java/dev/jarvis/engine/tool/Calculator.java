package dev.jarvis.engine.tool;

import dev.jarvis.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Exact decimal arithmetic. Reads a small grammar of its own; nothing is evaluated as code. */
public final class Calculator implements Tool {
    @Override
    public String name() {
        return "calculator";
    }

    @Override
    public String description() {
        return "Calculates exactly with decimal numbers: + - * / % ^ parentheses, sqrt(x), abs(x), round(x, places),"
                + " min(a, b, ...), max(a, b, ...). Division is rounded to 34 significant digits.";
    }

    @Override
    public ObjectNode parameters() {
        return (ObjectNode) Json.MAPPER.readTree("""
                {"type":"object","properties":{"expression":{"type":"string","maxLength":1000,
                "description":"For example: (19.99 * 3 + 4.5) / 7"}},"required":["expression"],
                "additionalProperties":false}""");
    }

    @Override
    public boolean hasSideEffects() {
        return false;
    }

    @Override
    public ToolOutcome call(ObjectNode arguments, ToolContext context) {
        try {
            return ToolOutcome.of(
                    Expression.evaluate(arguments.path("expression").asString("")));
        } catch (ArithmeticException e) {
            return ToolOutcome.failed("Not calculated: " + e.getMessage() + ".");
        }
    }
}
