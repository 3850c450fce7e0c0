package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.gateway.dialect.bytes.Name;
import dev.jarvis.platform.http.Refusal;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks tools: names that providers take, each once, and no reference to another host in a schema (nobody here would
 * fetch it; a provider might). Tools that run at the provider cost money by rules of their own, so they are refused.
 */
final class ToolCheck {
    private static final int MOST = 128;
    private static final int LONGEST_NAME = 64;

    private static final Name TYPE = Name.of("type");
    private static final Name FUNCTION = Name.of("function");
    private static final Name CUSTOM = Name.of("custom");
    private static final Name NAME = Name.of("name");
    private static final Name REFERENCE = Name.of("$ref");
    private static final Name ALLOWED_TOOLS = Name.of("allowed_tools");
    private static final Name TOOLS = Name.of("tools");

    private final JsonCursor json;
    private final Set<String> names = new HashSet<>();
    private final List<String> chosen = new ArrayList<>();

    ToolCheck(JsonCursor json) {
        this.json = json;
    }

    void readTools() {
        if (json.kind() != JsonKind.ARRAY) {
            throw invalid("'tools' must be an array.", "tools");
        }
        int count = 0;
        json.beginArray();
        while (json.nextElement()) {
            if (count == MOST) {
                throw invalid("'tools' has more than 128 tools.", "tools");
            }
            readTool("tools[" + count++ + "]");
        }
    }

    private void readTool(String param) {
        if (json.kind() != JsonKind.OBJECT) {
            throw invalid("A tool must be an object.", param);
        }
        // Mistral lets clients leave the type out.
        String type = "function";
        String name = null;
        json.beginObject();
        while (json.nextMember()) {
            if (json.keyIs(TYPE)) {
                type = text("A tool's type must be a string.", param + ".type");
            } else if (json.keyIs(FUNCTION) || json.keyIs(CUSTOM)) {
                name = readDefinition(param + "." + json.key());
            } else {
                json.skipValue();
            }
        }
        if (!type.equals("function") && !type.equals("custom")) {
            throw UnpricedFeature.notAllowed(
                    "Tools that run at the provider have no price here. Use function or custom tools.",
                    param + ".type");
        }
        add(name, param + "." + type + ".name");
    }

    private void add(@Nullable String name, String param) {
        if (name == null || !isName(name)) {
            throw invalid("A tool's name must have 1 to 64 letters, digits, '_', '-', '.' or ':'.", param);
        }
        if (!names.add(name)) {
            throw invalid("Two tools have the same name.", param);
        }
    }

    /** OpenAI's rule, and the dots and colons that Gemini and MCP servers use. */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || "_-.:".indexOf(c) >= 0);
    }

    private @Nullable String readDefinition(String param) {
        if (json.kind() != JsonKind.OBJECT) {
            throw invalid("A tool's definition must be an object.", param);
        }
        String name = null;
        json.beginObject();
        while (json.nextMember()) {
            if (json.keyIs(NAME)) {
                name = text("A tool's name must be a string.", param + ".name");
            } else {
                skipSchema(param);
            }
        }
        return name;
    }

    private void skipSchema(String param) {
        switch (json.kind()) {
            case OBJECT -> {
                json.beginObject();
                while (json.nextMember()) {
                    if (json.keyIs(REFERENCE) && json.kind() == JsonKind.STRING) {
                        checkReference(param);
                    } else {
                        skipSchema(param);
                    }
                }
            }
            case ARRAY -> {
                json.beginArray();
                while (json.nextElement()) {
                    skipSchema(param);
                }
            }
            default -> json.skipValue();
        }
    }

    private void checkReference(String param) {
        json.readString();
        String target = json.text();
        if (target.contains("://") || target.startsWith("//")) {
            throw invalid("A schema may only refer to itself ('#/…').", param);
        }
    }

    /** Only the forms that name a tool are looked into. */
    void readChoice() {
        JsonKind kind = json.kind();
        if (kind == JsonKind.OBJECT) {
            readChosen();
        } else {
            json.skipValue();
            if (kind != JsonKind.STRING) {
                throw invalid("'tool_choice' must be a string or an object.", "tool_choice");
            }
        }
    }

    /** An object with {@code function} or {@code custom} in it, or {@code allowed_tools} with an array of such. */
    private void readChosen() {
        json.beginObject();
        while (json.nextMember()) {
            if ((json.keyIs(FUNCTION) || json.keyIs(CUSTOM)) && json.kind() == JsonKind.OBJECT) {
                readChosenName();
            } else if (json.keyIs(ALLOWED_TOOLS) && json.kind() == JsonKind.OBJECT) {
                readChosen();
            } else if (json.keyIs(TOOLS) && json.kind() == JsonKind.ARRAY) {
                readChosenTools();
            } else {
                json.skipValue();
            }
        }
    }

    private void readChosenTools() {
        json.beginArray();
        while (json.nextElement()) {
            if (json.kind() == JsonKind.OBJECT) {
                readChosen();
            } else {
                json.skipValue();
            }
        }
    }

    private void readChosenName() {
        json.beginObject();
        while (json.nextMember()) {
            if (json.keyIs(NAME)) {
                chosen.add(text("A tool's name must be a string.", "tool_choice"));
            } else {
                json.skipValue();
            }
        }
    }

    private String text(String otherwise, String param) {
        if (json.kind() != JsonKind.STRING) {
            throw invalid(otherwise, param);
        }
        json.readString();
        return json.text();
    }

    /** Tools may come after the choice. */
    void check() {
        if (!names.containsAll(chosen)) {
            throw invalid("'tool_choice' names a tool that is not in 'tools'.", "tool_choice");
        }
    }

    private static Refusal invalid(String message, String param) {
        return Refusal.badRequest("invalid_tools", message, param);
    }
}
