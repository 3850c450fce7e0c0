package dev.jarvis.benchmarks.profile;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What Flight Recorder saw: Java frames with their callers, by CPU time where the JDK can (25 on Linux). */
final class FlightSamples {

    private static final String BY_CPU_TIME = "jdk.CPUTimeSample";
    private static final Set<String> BY_TURN = Set.of("jdk.ExecutionSample", "jdk.NativeMethodSample");

    private final Shares areas = new Shares();
    private final Shares frames = new Shares();
    private final Shares ours = new Shares();
    private final Shares onBehalf = new Shares();

    private FlightSamples() {}

    static FlightSamples read(Path recording) throws IOException {
        List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
        List<RecordedEvent> chosen = named(events, Set.of(BY_CPU_TIME));
        if (chosen.isEmpty()) {
            chosen = named(events, BY_TURN);
        }
        FlightSamples samples = new FlightSamples();
        chosen.forEach(samples::take);
        return samples;
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, Set<String> names) {
        return events.stream()
                .filter(event -> names.contains(event.getEventType().getName()) && event.getStackTrace() != null)
                .toList();
    }

    private void take(RecordedEvent event) {
        List<RecordedFrame> stack = event.getStackTrace().getFrames();
        if (stack.isEmpty()) {
            return;
        }
        RecordedFrame top = stack.getFirst();
        areas.add(Area.ofClass(className(top)));
        frames.add(name(top));
        RecordedFrame nearest = stack.stream()
                .filter(frame -> className(frame).startsWith("dev.jarvis."))
                .findFirst()
                .orElse(null);
        ours.add(nearest == null ? "(none of ours on the stack)" : name(nearest));
        onBehalf.add(nearest == null ? "(none of ours on the stack)" : Area.ofClass(className(nearest)));
    }

    private static String className(RecordedFrame frame) {
        return frame.getMethod().getType().getName();
    }

    private static String name(RecordedFrame frame) {
        return className(frame) + "." + frame.getMethod().getName();
    }

    void print(PrintStream out) {
        areas.print(out, "## Flight Recorder: by area of the running frame (" + areas.total() + " samples)", 30);
        onBehalf.print(out, "## Flight Recorder: by our package nearest on the stack (what is done on its behalf)", 25);
        ours.print(out, "## Flight Recorder: by our method nearest on the stack", 40);
        frames.print(out, "## Flight Recorder: by running frame", 40);
    }
}
