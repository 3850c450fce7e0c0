package dev.jarvis.control.running;

import dev.jarvis.platform.json.Json;
import tools.jackson.databind.JsonNode;

import java.net.http.HttpResponse;

/** An answer of the server, with its JSON read. */
public record Answer(HttpResponse<String> response) {
    public int status() {
        return response.statusCode();
    }

    public String text() {
        return response.body();
    }

    public JsonNode json() {
        return Json.MAPPER.readTree(response.body());
    }

    public String field(String name) {
        JsonNode value = json().get(name);
        if (value == null) {
            throw new AssertionError("no " + name + " in " + status() + " " + text());
        }
        return value.asString();
    }

    /** The error's code, or {@code "ok"}. */
    public String code() {
        return status() < 400 ? "ok" : json().path("error").path("code").asString();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Override
    public String toString() {
        return status() + " " + text();
    }
}
