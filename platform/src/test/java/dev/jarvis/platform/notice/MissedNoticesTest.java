package dev.jarvis.platform.notice;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class MissedNoticesTest {
    private final MissedNotices missed = new MissedNotices();

    @Test
    void nothingIsMissedWhileEachStepWasHeard() {
        missed.startFrom(Map.of("users", 5L));
        missed.heard("users");
        missed.heard("models");
        assertThat(missed.areLikely(Map.of("users", 6L, "models", 1L))).isFalse();
    }

    @Test
    void aStepThatWasNotHeardIsMissedOnce() {
        missed.startFrom(Map.of("users", 5L, "models", 1L));
        missed.heard("users");
        assertThat(missed.areLikely(Map.of("users", 7L, "models", 1L))).isTrue();
        assertThat(missed.settle(Map.of("users", 7L, "models", 1L))).containsExactly("users");
        assertThat(missed.areLikely(Map.of("users", 7L, "models", 1L))).isFalse();
    }
}
