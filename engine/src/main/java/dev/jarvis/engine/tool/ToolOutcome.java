package dev.jarvis.engine.tool;

/** What a tool answered. @param failed whether the content says what went wrong */
public record ToolOutcome(String content, boolean failed) {
    public static ToolOutcome of(String content) {
        return new ToolOutcome(content, false);
    }

    public static ToolOutcome failed(String why) {
        return new ToolOutcome(why, true);
    }
}
