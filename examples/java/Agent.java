import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes an agent, sends it a message, follows what it does, uses it as a model, and deletes it. JDK 25, without libraries (a
 * program of yours would read JSON with one):
 *
 * <pre>BASE_URL=http://127.0.0.1:8080 TOKEN=sk-jv-… MODEL=demo java examples/java/Agent.java</pre>
 */
final class Agent {
    static final String BASE_URL = Optional.ofNullable(System.getenv("BASE_URL")).orElse("http://127.0.0.1:8080");
    static final String MODEL = Optional.ofNullable(System.getenv("MODEL")).orElse("demo");
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    public static void main(String[] arguments) throws Exception {
        String made = call("POST", "/api/v1/agents", """
                {"name": "Example", "instructions": "Be exact.", "model": {"model_id": "%s"},
                 "tools": [{"type": "builtin", "name": "calculator"}]}
                """.formatted(MODEL));
        String agent = first(made, "id");
        try {
            String conversation = first(call("POST", "/api/v1/conversations", "{\"agent_id\": \"" + agent + "\"}"), "id");
            String sent = call(
                    "POST",
                    "/api/v1/conversations/" + conversation + "/messages",
                    "{\"text\": \"What is 0.1 + 0.2?\"}");
            String run = first(sent.substring(sent.indexOf("\"run\":")), "id");
            // To go on after a lost connection, send the header Last-Event-ID with the last id.
            HttpResponse<Stream<String>> events = CLIENT.send(
                    request("GET", "/api/v1/runs/" + run + "/events", ""), HttpResponse.BodyHandlers.ofLines());
            events.body().filter(line -> line.startsWith("data: ")).forEach(System.out::println);
            System.out.println(call("POST", "/v1/chat/completions", """
                    {"model": "agent:%s", "messages": [{"role": "user", "content": "What is 0.1 + 0.2?"}]}
                    """.formatted(first(made, "slug"))));
        } finally {
            call("DELETE", "/api/v1/agents/" + agent, "");
        }
    }

    static String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    static HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(BASE_URL + path))
                .header("Authorization", "Bearer " + System.getenv("TOKEN"))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    static String first(String json, String field) {
        Matcher matcher = Pattern.compile("\"" + field + "\":\"([^\"]*)\"").matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + field + " in " + json);
        }
        return matcher.group(1);
    }
}
