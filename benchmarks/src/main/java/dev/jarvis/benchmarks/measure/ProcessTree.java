package dev.jarvis.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process with all its descendants, less those of other trees. CPU is user and system time of the living and of the
 * children they have waited for, in ticks of 10 ms; what the kernel does in interrupts is charged to whoever sent.
 *
 * @param root the process at the top
 * @param apart descendants that are not counted, with all of theirs
 */
public record ProcessTree(long root, Set<Long> apart) {

    /** Length of a tick: Linux reports CPU time in hundredths of a second on every platform this runs on. */
    private static final long TICK_MICROS = 10_000;

    private static final int USER_TIME = 11;
    private static final int CHILD_SYSTEM_TIME = 14;

    /** A tree of which everything counts. */
    public static ProcessTree of(long root) {
        return new ProcessTree(root, Set.of());
    }

    /** The ids of the processes alive now. */
    public Set<Long> processes() {
        Set<Long> found = descendants(root);
        apart.forEach(other -> found.removeAll(descendants(other)));
        return found;
    }

    private static Set<Long> descendants(long top) {
        return ProcessHandle.of(top)
                .map(handle -> Stream.concat(Stream.of(handle), handle.descendants())
                        .map(ProcessHandle::pid)
                        .collect(Collectors.toCollection(HashSet::new)))
                .orElseGet(HashSet::new);
    }

    /** CPU time so far, in microseconds. */
    public long cpuMicros() {
        return processes().stream().mapToLong(ProcessTree::ticks).sum() * TICK_MICROS;
    }

    private static long ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
            return Arrays.stream(fields, USER_TIME, CHILD_SYSTEM_TIME + 1)
                    .mapToLong(Long::parseLong)
                    .sum();
        } catch (IOException gone) {
            return 0; // it has ended; its time is in its parent's count of waited-for children
        }
    }

    /** Resident memory in megabytes, pages shared between processes counted once each where the kernel tells. */
    public double residentMegabytes() {
        return processes().stream().mapToLong(ProcessTree::residentKilobytes).sum() / 1024.0;
    }

    private static long residentKilobytes(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            return field(process.resolve("smaps_rollup"), "Pss:");
        } catch (IOException notReadable) {
            try {
                return field(process.resolve("status"), "VmRSS:");
            } catch (IOException gone) {
                return 0; // ended meanwhile: it holds no memory
            }
        }
    }

    private static long field(Path file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip().split(" ", 2)[0])
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (java.io.UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }
}
