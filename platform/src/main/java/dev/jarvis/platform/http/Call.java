package dev.jarvis.platform.http;

import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.json.Json;
import io.vertx.core.MultiMap;
import tools.jackson.core.JacksonException;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a blocking endpoint, complete with its body.
 *
 * @param path as sent, without the query
 * @param query decoded query parameters
 * @param identity who is calling; empty on routes that anyone may call
 * @param remoteAddress of the peer; forwarded headers are not believed
 */
public record Call(
        String requestId,
        String method,
        String path,
        Map<String, String> pathParameters,
        MultiMap query,
        MultiMap headers,
        byte[] body,
        Optional<Identity> identity,
        String remoteAddress) {

    /** The caller, on a route that requires one. */
    public Identity caller() {
        return identity.orElseThrow();
    }

    public String pathParameter(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no " + name);
        }
        return value;
    }

    /** A query parameter's only value. Refuses one that is given twice. */
    public Optional<String> queryParameter(String name) {
        List<String> values = query.getAll(name);
        if (values.size() > 1) {
            throw Refusal.badRequest("invalid_parameter", "'" + name + "' is given more than once.", name);
        }
        return values.stream().findFirst();
    }

    /**
     * The body as a record. Unknown and duplicate fields are refused.
     *
     * @throws Refusal 400 {@code empty_body}, {@code invalid_json}, {@code unknown_parameter}, {@code invalid_type}
     */
    public <T> T read(Class<T> type) {
        if (body.length == 0) {
            throw Refusal.badRequest("empty_body", "The request needs a JSON body.", null);
        }
        try {
            T value = Json.MAPPER.readValue(body, type);
            if (value == null) {
                throw Refusal.badRequest("invalid_type", "The body must be a JSON object.", null);
            }
            return value;
        } catch (JacksonException e) {
            throw JsonRefusals.of(e);
        }
    }
}
