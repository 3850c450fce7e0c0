package dev.jarvis.server.examples;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Pastes commands into a shell, as a reader of the description would. */
final class Curl {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final URI base;
    private final String token;

    Curl(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    record Answer(int status, String body) {
        JsonNode json() {
            return MAPPER.readTree(body);
        }
    }

    /** A curl command of the description; only the address and the token are put in. */
    Answer paste(String command) {
        String filled = command.replace("http://localhost:8080", base.toString())
                .replace("{admin_token}", token)
                .replace("{token}", token);
        String output =
                shell(filled.replaceFirst("^curl", "curl -sS --no-buffer --max-time 60 -w '\\\\n%{http_code}'"));
        int status = output.lastIndexOf('\n');
        return new Answer(Integer.parseInt(output.substring(status + 1)), output.substring(0, status));
    }

    /**
     * An example that the description gives as a request: method and path, headers, an empty line, the body.
     *
     * @param id for {@code {id}}
     */
    Answer request(String example, String id) {
        String[] headAndBody = example.strip().replace("{id}", id).split("\n\n", 2);
        String[] head = headAndBody[0].split("\n");
        String[] methodAndPath = head[0].split(" ", 2);
        StringBuilder command = new StringBuilder(
                "curl -X %s '%s'".formatted(methodAndPath[0], "http://localhost:8080" + methodAndPath[1]));
        for (int i = 1; i < head.length; i++) {
            command.append(" -H '").append(head[i]).append('\'');
        }
        if (headAndBody.length == 2) {
            command.append(" -H 'Content-Type: application/json' -d '")
                    .append(headAndBody[1])
                    .append('\'');
        }
        return paste(command.toString());
    }

    private static String shell(String command) {
        try {
            Process process = new ProcessBuilder("bash", "-c", command)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(5, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("The examples need bash and curl on the PATH; they said: " + output);
            }
            return output;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("The examples need bash and curl on the PATH", e);
        }
    }
}
