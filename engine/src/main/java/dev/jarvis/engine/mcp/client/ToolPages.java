package dev.jarvis.engine.mcp.client;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A server's list of tools, as its pages come: what is one, and notes on what is none. */
final class ToolPages {
    private static final int MOST_TOOLS = 256;
    private static final int MOST_NAME = 128;
    private static final int MOST_NOTES = 20;

    private final List<ListedTool> tools = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    boolean isFull() {
        return tools.size() >= MOST_TOOLS;
    }

    void add(JsonNode tool) {
        String name = tool.path("name").asString("");
        if (name.isBlank() || name.length() > MOST_NAME || !name.codePoints().allMatch(Characters::isPlain)) {
            note("A tool was left out whose name is empty, too long or not plain text: '" + Wire.plain(name) + "'.");
        } else if (isFull()) {
            note("There are more than " + MOST_TOOLS + " tools; the others were left out.");
        } else if (!(tool.path("inputSchema") instanceof ObjectNode schema)) {
            note("The tool '" + name + "' was left out: it has no schema.");
        } else if (!names.add(name)) {
            note("The tool '" + name + "' is there twice; only the first was taken.");
        } else {
            String title = tool.path("title")
                    .asString(tool.path("annotations").path("title").asString(""));
            tools.add(new ListedTool(
                    name, Wire.plain(title), tool.path("description").asString(""), schema));
        }
    }

    void note(String note) {
        if (leftOut.size() < MOST_NOTES && !leftOut.contains(note)) {
            leftOut.add(note);
        }
    }

    Listing listing() {
        return new Listing(tools, leftOut);
    }
}
