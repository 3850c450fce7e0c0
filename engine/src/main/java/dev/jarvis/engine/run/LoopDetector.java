package dev.jarvis.engine.run;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Objects;

/** Notices a model that asks for the same again and again, and gets the same answer each time. */
final class LoopDetector {
    /** So often in a row is once too often: nothing new can come of it. */
    private static final int SAME = 4;

    private LoopDetector() {}

    static boolean isLooping(List<StepRow> steps) {
        List<StepRow> tools =
                steps.stream().filter(step -> step.kind().equals("tool")).toList();
        if (tools.size() < SAME) {
            return false;
        }
        StepRow last = tools.getLast();
        return tools.subList(tools.size() - SAME, tools.size()).stream().allMatch(step -> isSame(step, last));
    }

    private static boolean isSame(StepRow one, StepRow other) {
        return one.name().equals(other.name())
                && Objects.equals(one.input(), other.input())
                && Objects.equals(content(one.output()), content(other.output()));
    }

    private static String content(@Nullable ObjectNode output) {
        return output == null ? "" : output.path("content").asString("");
    }
}
