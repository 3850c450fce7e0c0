package dev.jarvis.platform.telemetry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class GatheredLinesTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void writesManyLinesAtOnceAndAllOfThemInOrderWhenItIsClosed() throws Exception {
        GatedOutput out = new GatedOutput();
        GatheredLines lines = lines(out, 1 << 20, LONG);
        lines.add(line("first"), false);
        out.entered.acquire();
        IntStream.range(0, 1_000).forEach(i -> lines.add(line("line " + i), false));
        out.gate.release(10);

        lines.close();

        List<String> expected = new ArrayList<>(List.of("first"));
        IntStream.range(0, 1_000).forEach(i -> expected.add("line " + i));
        assertThat(out.text().lines()).containsExactlyElementsOf(expected);
        assertThat(out.writes.get()).isEqualTo(2);
    }

    @Test
    void writesAnUrgentLineWithoutWaitingForOthers() throws Exception {
        GatedOutput out = new GatedOutput();
        out.gate.release(10);
        GatheredLines lines = lines(out, 1 << 20, LONG);
        lines.add(line("first"), false);
        out.entered.acquire();
        lines.add(line("second"), false);
        lines.add(line("urgent"), true);

        out.entered.acquire(); // without the urgent line this would take ten minutes

        lines.close();
        assertThat(out.text()).isEqualTo("first\nsecond\nurgent\n");
    }

    @Test
    void neverWaitsForAStreamThatNobodyReadsAndTellsHowManyLinesWereLost() throws Exception {
        GatedOutput out = new GatedOutput();
        GatheredLines lines = lines(out, 400, Duration.ZERO);
        lines.add(line("first"), false);
        out.entered.acquire();
        for (int i = 0; i < 100; i++) {
            lines.add(line("ordinary!"), false); // 30 of 10 bytes fit into three quarters of the room
        }
        lines.add(line("urgent!!!"), true); // and this into the rest
        out.gate.release(10);
        lines.close();

        assertThat(out.text().lines().filter("ordinary!"::equals)).hasSize(30);
        assertThat(out.text()).startsWith("first\nlost 70\nordinary!\n").endsWith("urgent!!!\n");
    }

    @Test
    void countsTheLinesOfAWriteThatFailedAndGoesOn() throws Exception {
        GatedOutput out = new GatedOutput();
        out.gate.release(10);
        out.fails = true;
        CountDownLatch told = new CountDownLatch(1);
        GatheredLines lines =
                new GatheredLines(out, 400, LONG, lost -> line("lost " + lost), failure -> told.countDown());
        lines.add(line("first"), false);
        told.await();
        out.fails = false;

        lines.add(line("second"), true);
        lines.close();

        assertThat(out.text()).isEqualTo("lost 1\nsecond\n");
    }

    private static GatheredLines lines(OutputStream out, int most, Duration gather) {
        return new GatheredLines(out, most, gather, lost -> line("lost " + lost), failure -> {
            throw new AssertionError(failure);
        });
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(UTF_8);
    }

    /** Tells of each write, and lets it through when it may. */
    private static final class GatedOutput extends OutputStream {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final Semaphore entered = new Semaphore(0);
        private final Semaphore gate = new Semaphore(0);
        private final AtomicInteger writes = new AtomicInteger();
        private volatile boolean fails;

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            writes.incrementAndGet();
            entered.release();
            gate.acquireUninterruptibly();
            if (fails) {
                throw new IOException("nobody reads");
            }
            synchronized (written) {
                written.write(bytes, from, length);
            }
        }

        String text() {
            synchronized (written) {
                return written.toString(UTF_8);
            }
        }
    }
}
