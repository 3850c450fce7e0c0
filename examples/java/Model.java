import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks a model, first for a whole answer, then for a streamed one. JDK 25, without libraries:
 *
 * <pre>BASE_URL=http://127.0.0.1:8080 TOKEN=sk-jv-… MODEL=demo java examples/java/Model.java</pre>
 */
final class Model {
    static final String BASE_URL = Optional.ofNullable(System.getenv("BASE_URL")).orElse("http://127.0.0.1:8080");
    static final String MODEL = Optional.ofNullable(System.getenv("MODEL")).orElse("demo");

    public static void main(String[] arguments) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            System.out.println(client.send(ask(false), HttpResponse.BodyHandlers.ofString()).body());
            HttpResponse<Stream<String>> streamed = client.send(ask(true), HttpResponse.BodyHandlers.ofLines());
            streamed.body().filter(line -> line.startsWith("data: ")).forEach(System.out::println);
        }
    }

    static HttpRequest ask(boolean stream) {
        String body = """
                {"model": "%s", "stream": %s, "messages": [{"role": "user", "content": "Say good day."}]}
                """.formatted(MODEL, stream);
        return HttpRequest.newBuilder(URI.create(BASE_URL + "/v1/chat/completions"))
                .header("Authorization", "Bearer " + System.getenv("TOKEN"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
