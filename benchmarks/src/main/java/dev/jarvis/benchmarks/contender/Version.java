package dev.jarvis.benchmarks.contender;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a program for its version. */
final class Version {

    private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+(\\.\\d+)*");

    private Version() {}

    /** The first version number in what the command prints. */
    static String of(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(10, TimeUnit.SECONDS);
        Matcher matcher = NUMBER.matcher(said);
        return matcher.find() ? matcher.group() : "unknown";
    }
}
