package dev.jarvis.benchmarks.profile;

import dev.jarvis.benchmarks.scenario.Measurement;
import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Records a running JVM while something else loads it: Flight Recorder sees Java code with its callers, perf (when it is
 * installed) sees everything, the kernel above all.
 */
public final class Profiler {

    /** What the JVM must have been started with. */
    public static final String JVM_OPTIONS =
            "-XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints -XX:+PreserveFramePointer";

    private static final int SAMPLES_PER_SECOND = 997;

    private final Path directory;
    private final long jvm;
    private final PrintStream out;
    private final Path flight;
    private final Path perf;

    /** Profiles the process {@code jvm}, writing into {@code directory} meanwhile. */
    public Profiler(Path directory, long jvm, PrintStream out) {
        this.directory = directory;
        this.jvm = jvm;
        this.out = out;
        this.flight = directory.resolve("profile.jfr");
        this.perf = directory.resolve("profile.perf");
    }

    /** What runs under the profiler. */
    public interface Work {
        /** Loads the JVM. */
        Measurement run() throws InterruptedException;
    }

    /** Records while {@code work} runs. */
    public Measurement around(Work work) throws IOException, InterruptedException {
        jcmd(
                "JFR.start",
                "name=benchmark",
                "settings=default",
                "jdk.CPUTimeSample#enabled=true",
                "jdk.CPUTimeSample#throttle=2ms");
        Process recording = startPerf();
        try {
            return work.run();
        } finally {
            stopPerf(recording);
            jcmd("JFR.dump", "name=benchmark", "filename=" + flight);
            jcmd("JFR.stop", "name=benchmark");
        }
    }

    private @Nullable Process startPerf() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(
                            "perf",
                            "record",
                            "-e",
                            "cpu-clock",
                            "-F",
                            Integer.toString(SAMPLES_PER_SECOND),
                            "-p",
                            Long.toString(jvm),
                            "-o",
                            perf.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("perf.log").toFile())
                    .start();
            TimeUnit.MILLISECONDS.sleep(500);
            return process.isAlive() ? process : null;
        } catch (IOException notInstalled) {
            return null; // then Flight Recorder alone has to do; print() says so
        }
    }

    private void stopPerf(@Nullable Process recording) throws IOException, InterruptedException {
        if (recording != null) {
            new ProcessBuilder("kill", "-INT", Long.toString(recording.pid()))
                    .start()
                    .waitFor();
            if (!recording.waitFor(20, TimeUnit.SECONDS)) {
                recording.destroyForcibly();
            }
            jcmd("Compiler.perfmap");
        }
    }

    private void jcmd(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(Long.toString(jvm));
        command.addAll(List.of(arguments));
        File log = directory.resolve("jcmd.log").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("jcmd " + arguments[0] + " failed: " + Files.readString(log.toPath()));
        }
    }

    /** Prints what was recorded. */
    public void print(String title) throws IOException, InterruptedException {
        out.println();
        out.println("# Where the CPU goes: " + title);
        if (Files.exists(perf)) {
            PerfSamples.read(perfScript()).print(out);
            Files.deleteIfExists(perf);
            Files.deleteIfExists(Path.of("/tmp/perf-" + jvm + ".map"));
        } else {
            out.println("\nperf is not installed or not permitted here: no view of the kernel.");
        }
        FlightSamples.read(flight).print(out);
        Files.deleteIfExists(flight);
    }

    private List<String> perfScript() throws IOException, InterruptedException {
        Path text = directory.resolve("profile.txt");
        new ProcessBuilder("perf", "script", "-i", perf.toString(), "-F", "comm,tid,ip,sym,dso")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(text.toFile())
                .start()
                .waitFor();
        return Files.readAllLines(text, StandardCharsets.ISO_8859_1);
    }
}
