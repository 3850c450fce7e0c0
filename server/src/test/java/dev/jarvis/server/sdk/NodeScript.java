package dev.jarvis.server.sdk;

import dev.jarvis.testkit.database.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a script of {@code server/src/test/node} with its packages, which npm installs into {@code target/node} as the lock
 * file says; once, as long as that file does not change.
 */
public final class NodeScript {
    private static final Path SOURCE = Repository.root().resolve("server/src/test/node");
    private static final Path HOME = Repository.root().resolve("server/target/node");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private NodeScript() {}

    /** What another script prints, which uses the same packages. */
    public static String print(Path script, Map<String, String> environment) throws IOException {
        install();
        Path copy = HOME.resolve(script.getFileName().toString());
        Files.copy(script, copy, StandardCopyOption.REPLACE_EXISTING);
        return execute(List.of("node", copy.getFileName().toString()), environment, 60);
    }

    /** What the script prints, as JSON. */
    static JsonNode run(String script, Map<String, String> environment) throws IOException {
        install();
        Files.copy(SOURCE.resolve(script), HOME.resolve(script), StandardCopyOption.REPLACE_EXISTING);
        return MAPPER.readTree(execute(List.of("node", script), environment, 120));
    }

    /** Starts a script that goes on until its process is ended. What it prints is the process's output. */
    public static Process start(String script) throws IOException {
        install();
        Files.copy(SOURCE.resolve(script), HOME.resolve(script), StandardCopyOption.REPLACE_EXISTING);
        Process process = new ProcessBuilder("node", script)
                .directory(HOME.toFile())
                .redirectError(HOME.resolve(script + ".err").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static void install() throws IOException {
        Path lock = SOURCE.resolve("package-lock.json");
        Path installed = HOME.resolve("installed-lock.json");
        if (Files.exists(installed) && Files.mismatch(lock, installed) < 0) {
            return;
        }
        Files.createDirectories(HOME);
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.copy(SOURCE.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        execute(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"), Map.of(), 300);
        Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String execute(List<String> command, Map<String, String> environment, int seconds)
            throws IOException {
        Path errors = HOME.resolve(command.getFirst() + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(HOME.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new AssertionError(
                    "These tests drive packages of npm and need Node.js 20 or later: '" + command.getFirst()
                            + "' could not be started. Install Node.js, with npm, and put it on the PATH.",
                    e);
        }
        process.onExit().orTimeout(seconds, TimeUnit.SECONDS).exceptionally(tooLong -> process.destroyForcibly());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.onExit().join().exitValue();
        if (code != 0) {
            throw new AssertionError(command + " ended with " + code + ":\n" + output + Files.readString(errors));
        }
        return output;
    }
}
