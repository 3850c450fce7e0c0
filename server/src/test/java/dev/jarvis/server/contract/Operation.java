package dev.jarvis.server.contract;

import com.networknt.schema.Error;
import dev.jarvis.server.testing.ApiAnswer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** One operation of a description, and whether an answer is what it says. */
final class Operation {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Descriptions descriptions;
    private final String file;
    private final JsonNode document;
    private final String path;
    private final String method;
    private final JsonNode node;
    private final Pattern pattern;

    Operation(
            Descriptions descriptions,
            String file,
            JsonNode document,
            String path,
            Map.Entry<String, JsonNode> member) {
        this.descriptions = descriptions;
        this.file = file;
        this.document = document;
        this.path = path;
        this.method = member.getKey().toUpperCase(Locale.ROOT);
        this.node = member.getValue();
        this.pattern = Pattern.compile(Pattern.quote(path).replaceAll("\\{[a-z_]+}", "\\\\E[^/]+\\\\Q"));
    }

    /** {@code GET /path}. */
    String name() {
        return method + " " + path;
    }

    String method() {
        return method;
    }

    /** With an id that nothing has. */
    String anyPath() {
        return path.replaceAll("\\{[a-z_]+}", "00000000-0000-7000-8000-000000000000");
    }

    /** The path with this in place of every id, which is encoded already. */
    String pathWith(String encoded) {
        return path.replaceAll("\\{[a-z_]+}", Matcher.quoteReplacement(encoded));
    }

    /** The names of all parameters in the query. */
    List<String> queryParameters() {
        return node.path("parameters")
                .valueStream()
                .map(this::resolved)
                .filter(parameter -> parameter.path("in").asString("").equals("query"))
                .map(parameter -> parameter.path("name").asString())
                .toList();
    }

    /** {@code public}, {@code user} or {@code admin}; empty if the description does not say. */
    String role() {
        return node.path("x-role").asString("");
    }

    /** Whether the description wants no credential. */
    boolean isOpen() {
        return node.path("security").isArray() && node.path("security").isEmpty();
    }

    boolean fits(String wantedMethod, String wantedPath) {
        return method.equals(wantedMethod) && pattern.matcher(wantedPath).matches();
    }

    /** Every error code that the operation may answer with. */
    Set<String> codes() {
        Set<String> codes = new HashSet<>();
        node.path("responses")
                .properties()
                .forEach(entry -> codes.addAll(codes(entry.getKey(), resolved(entry.getValue()))));
        return codes;
    }

    /** Fails unless the examples of the request are what its schema says. */
    void checkExamples() {
        JsonNode media = node.path("requestBody").path("content").path("application/json");
        if (media.isMissingNode()) {
            return;
        }
        assertThat(media.has("example") || media.has("examples"))
                .as("an example for " + name())
                .isTrue();
        if (media.has("example")) {
            valid(media.path("schema"), media.path("example"), "the example of " + name());
        }
        media.path("examples")
                .forEach(example -> valid(media.path("schema"), example.path("value"), "an example of " + name()));
    }

    /** Fails unless the description has this status, media type, body and error code. */
    void check(ApiAnswer answer) {
        String what = name() + " -> " + answer.status() + " " + answer.body();
        String status = Integer.toString(answer.status());
        JsonNode responses = node.path("responses");
        JsonNode response =
                resolved(responses.has(status) ? responses.get(status) : responses.path(status.charAt(0) + "XX"));
        assertThat(response.isObject())
                .as("a description of the status: " + what)
                .isTrue();
        assertThat(answer.header("x-request-id")).as("x-request-id: " + what).isPresent();
        if (!response.has("content")) {
            assertThat(answer.body()).as(what).isEmpty();
            return;
        }
        String type = answer.header("content-type").orElse("").replaceFirst(";.*", "");
        JsonNode media = response.path("content").path(type);
        assertThat(media.isObject())
                .as("a description of the media type " + type + ": " + what)
                .isTrue();
        switch (type) {
            case "application/json" -> checkJson(answer, status, response, media, what);
            case "text/event-stream" -> checkEvents(answer.body(), media.path("x-event-schema"));
            default -> assertThat(answer.body()).as(what).isNotBlank();
        }
    }

    private void checkJson(ApiAnswer answer, String status, JsonNode response, JsonNode media, String what) {
        valid(media.path("schema"), answer.json(), what);
        if (!answer.text("/error/request_id").isEmpty()) {
            assertThat(codes(status, response)).as("described codes: " + what).contains(answer.errorCode());
            assertThat(answer.header("x-request-id")).as(what).hasValue(answer.text("/error/request_id"));
        }
    }

    private void checkEvents(String body, JsonNode schema) {
        List<String> events = body.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring(5).strip())
                .toList();
        assertThat(events).as("events of " + name()).isNotEmpty();
        events.stream()
                .filter(event -> !event.equals("[DONE]"))
                .forEach(event -> valid(schema, MAPPER.readTree(event), event));
    }

    private void valid(JsonNode schema, JsonNode body, String what) {
        assertThat(schema.isObject()).as("a schema for " + what).isTrue();
        List<Error> errors = descriptions.schema(file, schema).validate(body);
        assertThat(errors).as(what).isEmpty();
    }

    private Set<String> codes(String status, JsonNode response) {
        Set<String> codes = new HashSet<>();
        response.path("x-codes").forEach(code -> codes.add(code.asString()));
        node.path("x-codes").path(status).forEach(code -> codes.add(code.asString()));
        return codes;
    }

    private JsonNode resolved(JsonNode response) {
        return response.has("$ref")
                ? document.at(response.path("$ref").asString().substring(1))
                : response;
    }

    @Override
    public String toString() {
        return name();
    }
}
