package dev.jarvis.server.console;

import io.netty.handler.codec.http.QueryStringDecoder;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which paths can be pages of the console: all that cannot be meant for a program. */
final class PagePath {
    /** First segments, in any spelling, under which a wrong path is told to be wrong. */
    private static final Set<String> NOT_PAGES =
            Set.of("api", "v1", "v1beta", "mcp", "health", "metrics", ".well-known", "assets");

    private PagePath() {}

    static boolean isPage(String path) {
        String decoded;
        try {
            decoded = QueryStringDecoder.decodeComponent(path.replace("+", "%2B"));
        } catch (IllegalArgumentException e) {
            return false;
        }
        List<String> segments = Arrays.stream(decoded.replace('\\', '/').split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .toList();
        return decoded.codePoints().noneMatch(Character::isISOControl)
                && decoded.indexOf('\ufffd') < 0
                && segments.stream().noneMatch(segment -> segment.equals(".") || segment.equals(".."))
                && !segments.isEmpty()
                && !NOT_PAGES.contains(segments.getFirst().toLowerCase(Locale.ROOT));
    }
}
