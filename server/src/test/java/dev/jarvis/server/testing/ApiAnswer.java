package dev.jarvis.server.testing;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpHeaders;
import java.util.Optional;

/** An answer of the server. */
public record ApiAnswer(int status, HttpHeaders headers, String body) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public JsonNode json() {
        return MAPPER.readTree(body);
    }

    /** The value at a JSON pointer, as text; empty if there is none. */
    public String text(String pointer) {
        return json().at(pointer).asString("");
    }

    /** {@code error.code} of an error body. */
    public String errorCode() {
        return text("/error/code");
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** This answer, if it has that status. */
    public ApiAnswer expect(int wanted) {
        if (status != wanted) {
            throw new AssertionError("expected " + wanted + " and got " + status + ": " + body);
        }
        return this;
    }
}
