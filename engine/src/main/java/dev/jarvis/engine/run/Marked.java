package dev.jarvis.engine.run;

import dev.jarvis.platform.json.Json;

/**
 * Words of others in a prompt, between marks that their author could not know when writing them, so that nothing in them can
 * pass for what stands outside.
 */
final class Marked {
    private Marked() {}

    /** @param mark an id that is younger than the text */
    static String text(String mark, String text) {
        return "<<<" + mark + "\n" + text + "\n" + mark + ">>>";
    }

    /** In quotes, on one line. */
    static String quoted(String name) {
        return Json.MAPPER.writeValueAsString(name);
    }
}
