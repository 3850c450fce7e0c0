package dev.jarvis.engine.mcp;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How a server is told who calls. */
enum Auth {
    NONE,
    BEARER,
    /** In a header of the server's own. */
    HEADER;

    static final List<String> CODES = Stream.of(values()).map(Auth::code).toList();

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Auth of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
