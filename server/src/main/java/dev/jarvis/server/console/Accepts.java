package dev.jarvis.server.console;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the headers of a request say that its sender can use (RFC 9110 §12.5, §13.1.2). */
final class Accepts {
    private Accepts() {}

    /** Whether it wants a page. Browsers name HTML when they go to an address; programs that take anything do not. */
    static boolean html(@Nullable String accept) {
        return weight(accept, "text/html").orElse(0.0) > 0;
    }

    static boolean encoding(@Nullable String acceptEncoding, String encoding) {
        return weight(acceptEncoding, encoding)
                        .or(() -> weight(acceptEncoding, "*"))
                        .orElse(0.0)
                > 0;
    }

    /** Whether it has the entity of this tag already. */
    static boolean tag(@Nullable String ifNoneMatch, String entityTag) {
        return items(ifNoneMatch)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals("*") || tag.equals(entityTag));
    }

    private static Optional<Double> weight(@Nullable String header, String wanted) {
        return items(header)
                .map(item -> item.split(";", -1))
                .filter(parts -> parts[0].strip().toLowerCase(Locale.ROOT).equals(wanted))
                .map(Accepts::weight)
                .findFirst();
    }

    private static double weight(String[] parts) {
        return Arrays.stream(parts)
                .skip(1)
                .map(part -> part.strip().toLowerCase(Locale.ROOT))
                .filter(part -> part.startsWith("q="))
                .map(part -> part.matches("q=[01](\\.[0-9]{0,3})?") ? Double.parseDouble(part.substring(2)) : 0.0)
                .findFirst()
                .orElse(1.0);
    }

    private static Stream<String> items(@Nullable String header) {
        return header == null
                ? Stream.empty()
                : Arrays.stream(header.split(",", -1)).map(String::strip);
    }
}
