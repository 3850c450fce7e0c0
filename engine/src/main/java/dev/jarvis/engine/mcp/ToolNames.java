package dev.jarvis.engine.mcp;

/**
 * What models call the tools of servers: {@code mcp_<slug>_<tool>}, of letters, digits, {@code _} and {@code -}, 64 at most. No tool
 * of the engine begins like that, so none is shadowed; a slug has no underscore, so no two servers meet.
 */
final class ToolNames {
    private static final int MOST = 64;
    private static final int SUFFIX = 9;

    private ToolNames() {}

    /** A name that had to be changed carries a part of its fingerprint, so that two that become alike stay apart. */
    static String of(String slug, String tool) {
        String plain = "mcp_" + slug + "_" + tool.replaceAll("[^A-Za-z0-9_-]", "_");
        if (plain.length() <= MOST && plain.endsWith("_" + tool)) {
            return plain;
        }
        String suffix = "_" + Integer.toHexString(0x1000_0000 | (tool.hashCode() & 0x0fff_ffff));
        return plain.substring(0, Math.min(plain.length(), MOST - SUFFIX)) + suffix;
    }
}
