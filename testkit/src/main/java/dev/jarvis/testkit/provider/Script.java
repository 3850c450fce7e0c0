package dev.jarvis.testkit.provider;

import java.util.ArrayList;
import java.util.List;

/** What to do with a request. */
@FunctionalInterface
public interface Script {
    List<Step> steps(ReceivedRequest request);

    static Script of(Step... steps) {
        List<Step> fixed = List.of(steps);
        return request -> fixed;
    }

    /** This script's steps and then more. */
    default Script then(Step... more) {
        return request -> {
            List<Step> all = new ArrayList<>(steps(request));
            all.addAll(List.of(more));
            return all;
        };
    }

    /** Other steps before this script's. */
    default Script after(Step... earlier) {
        return request -> {
            List<Step> all = new ArrayList<>(List.of(earlier));
            all.addAll(steps(request));
            return all;
        };
    }

    /** A chat answer as OpenAI gives it, to be varied. */
    static ChatScript chat() {
        return ChatScript.DEFAULT;
    }
}
