package dev.jarvis.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the numbers were measured on. Nothing here names the machine or a place on it.
 *
 * @param cores how many the machine has
 * @param processor its model
 * @param memoryGigabytes its memory
 * @param kernel version of Linux
 * @param jdk version of the JDK that runs the driver, and Jarvis too
 */
public record Machine(int cores, String processor, long memoryGigabytes, String kernel, String jdk) {

    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)*");

    /** Looks at this machine. */
    public static Machine look() throws IOException {
        List<String> cpu = Files.readAllLines(Path.of("/proc/cpuinfo"));
        long cores = cpu.stream().filter(line -> line.startsWith("processor")).count();
        String model = value(cpu, "model name", "unknown");
        String memory = value(Files.readAllLines(Path.of("/proc/meminfo")), "MemTotal", "0 kB");
        Matcher kernel = VERSION.matcher(System.getProperty("os.version"));
        return new Machine(
                (int) cores,
                model,
                Math.round(Long.parseLong(memory.split(" ", 2)[0]) / 1048576.0),
                kernel.find() ? kernel.group() : "unknown",
                Runtime.version().toString());
    }

    private static String value(List<String> lines, String name, String otherwise) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }
}
