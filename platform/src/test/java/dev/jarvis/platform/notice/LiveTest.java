package dev.jarvis.platform.notice;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import static org.assertj.core.api.Assertions.assertThat;

class LiveTest {
    private final Map<String, Notices.Listener> listeners = new HashMap<>();

    /** A load that has begun tells that the one before is over. */
    private final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();

    private int loads;

    @Test
    void keepsTheOldWhileLoadingFailsAndTriesAgainByItself() throws Exception {
        IntFunction<String> fails = number -> {
            throw new IllegalStateException("away");
        };
        try (Live<String> live = live(number -> number == 2 || number == 3 ? fails.apply(number) : "load " + number)) {
            awaitLoad(1);
            notice();
            awaitLoad(2);
            assertThat(live.get()).isEqualTo("load 1");

            awaitLoad(3);
            assertThat(live.get()).isEqualTo("load 1");

            awaitLoad(4);
            notice();
            awaitLoad(5);
            assertThat(live.get()).isIn("load 4", "load 5");
        }
    }

    @Test
    void whatHoldsAtFirstIsNotTakenForLoaded() throws Exception {
        try (Live<String> live = live(number -> {
            throw new IllegalStateException("away");
        })) {
            awaitLoad(1);
            awaitLoad(2);

            assertThat(live.isLoaded()).isFalse();
            assertThat(live.get()).isEqualTo("none");
        }
    }

    private Live<String> live(IntFunction<String> loader) {
        return new Live<>(
                "words",
                "none",
                () -> {
                    loads++;
                    begun.add(loads);
                    return loader.apply(loads);
                },
                listeners::put,
                List.of("words"));
    }

    private void notice() {
        Objects.requireNonNull(listeners.get("words")).changed("");
    }

    private void awaitLoad(int number) throws InterruptedException {
        assertThat(begun.poll(20, TimeUnit.SECONDS)).isEqualTo(number);
    }
}
