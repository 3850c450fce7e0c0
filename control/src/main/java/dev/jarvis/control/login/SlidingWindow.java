package dev.jarvis.control.login;

import java.util.ArrayDeque;
import java.util.Deque;

/** The moments of the latest events, as many as are allowed. Not thread-safe. Nanoseconds. */
final class SlidingWindow {
    private final int allowed;
    private final long length;
    private final Deque<Long> moments = new ArrayDeque<>();

    SlidingWindow(int allowed, long length) {
        this.allowed = allowed;
        this.length = length;
    }

    /** How long until one more event is allowed; 0 if it is now. */
    long waitFrom(long now) {
        while (!moments.isEmpty() && now - moments.getFirst() >= length) {
            moments.removeFirst();
        }
        return moments.size() < allowed ? 0 : length - (now - moments.getFirst());
    }

    void add(long now) {
        moments.addLast(now);
    }

    /** Takes back the latest event. */
    void removeLast() {
        moments.pollLast();
    }
}
