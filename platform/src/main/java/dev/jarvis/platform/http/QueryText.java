package dev.jarvis.platform.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * Query parameters, also of clients that do not percent-encode: {@code curl '…?type=生文'} sends the bytes as they are, and
 * the HTTP decoder hands each over as one Latin-1 character. Both forms are read as UTF-8.
 */
final class QueryText {
    private static final int MOST_PARAMETERS = 1000;

    private QueryText() {}

    /** @throws Refusal 400 {@code bad_query} */
    static MultiMap parameters(@Nullable String query) {
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        try {
            new QueryStringDecoder(encodeBytes(query), StandardCharsets.UTF_8, false, MOST_PARAMETERS)
                    .parameters()
                    .forEach(parameters::add);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("bad_query", "The query is not well-formed percent-encoded text.", null);
        }
        return parameters;
    }

    private static String encodeBytes(String query) {
        if (query.chars().allMatch(c -> c < 0x80)) {
            return query;
        }
        StringBuilder encoded = new StringBuilder(query.length() * 2);
        query.chars().forEach(c -> {
            if (c < 0x80) {
                encoded.append((char) c);
            } else {
                encoded.append('%').append(Integer.toHexString(0x100 | c).substring(1));
            }
        });
        return encoded.toString();
    }
}
