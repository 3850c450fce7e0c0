package dev.jarvis.testkit.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@link ScriptedProvider} in a JVM of its own: it goes on counting whatever happens to the JVM under test. It ends when
 * closed, or with the JVM that started it. Prompts steer it; its ledger is the file.
 */
public final class ProviderProcess implements AutoCloseable {
    private final Process process;
    private final int port;
    private final Path ledgerFile;

    private ProviderProcess(Process process, int port, Path ledgerFile) {
        this.process = process;
        this.port = port;
        this.ledgerFile = ledgerFile;
    }

    public static ProviderProcess start(Path ledgerFile) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ScriptedProvider.class.getName(),
                "0",
                ledgerFile.toString());
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String line = process.inputReader(StandardCharsets.UTF_8).readLine();
            if (line == null || !line.startsWith("listening on ")) {
                process.destroyForcibly();
                throw new IllegalStateException("the provider did not start: " + line);
            }
            return new ProviderProcess(process, Integer.parseInt(line.substring("listening on ".length())), ledgerFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port + "/v1");
    }

    /** What the ledger says now. */
    public Ledger.Reading ledger() {
        return Ledger.read(ledgerFile);
    }

    /** Ends it; attempts still open end as {@code STOPPED}. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the provider did not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
