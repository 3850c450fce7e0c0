package dev.jarvis.benchmarks.load;

import dev.jarvis.benchmarks.upstream.MockUpstream;
import dev.jarvis.benchmarks.wire.Certificate;
import dev.jarvis.benchmarks.wire.Loops;
import dev.jarvis.benchmarks.wire.Wish;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(OS.LINUX)
class LoadTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private final EventLoopGroup loops = Loops.start(1);

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void aRequestHasTheSizeThatWasAskedFor() {
        ByteBuf request = new Aim(1, null, "m", Map.of()).request(102400, Wish.JSON_ANSWER);
        String text = request.toString(StandardCharsets.US_ASCII);
        assertThat(text).contains("content-length: 102400\r\n");
        assertThat(text.substring(text.indexOf("\r\n\r\n") + 4)).hasSize(102400);
    }

    @Test
    void closedLoopAndUpstreamCountTheSameRequests() throws Exception {
        try (MockUpstream upstream = MockUpstream.start(loops, null)) {
            Aim aim = new Aim(upstream.port(), null, "bench", Map.of());
            try (ClosedLoop loop = new ClosedLoop(loops, aim, aim.request(1024, Wish.JSON_ANSWER), 4)) {
                LoadResult result = loop.run(SHORT);
                assertThat(result.failed()).isZero();
                assertThat(result.completed()).isPositive().isEqualTo(upstream.served());
                assertThat(result.delays().getTotalCount()).isEqualTo(result.completed());
            }
        }
    }

    @Test
    void aBurstOverTlsHasAllItsTokens(@TempDir Path directory) throws Exception {
        Certificate certificate = Certificate.create(directory);
        try (MockUpstream upstream = MockUpstream.start(loops, certificate.serving())) {
            Aim aim = new Aim(upstream.port(), certificate.trusting(), "bench", Map.of());
            ByteBuf request = aim.request(1024, new Wish(Wish.Kind.BURST, 100));
            try (ClosedLoop loop = new ClosedLoop(loops, aim, request, 2)) {
                LoadResult result = loop.run(SHORT);
                assertThat(result.failed()).isZero();
                assertThat(result.completed()).isPositive();
                assertThat(result.tokens()).isEqualTo(result.completed() * 100);
            }
        }
    }

    @Test
    void openLoopSendsAtItsRate() throws Exception {
        try (MockUpstream upstream = MockUpstream.start(loops, null)) {
            Aim aim = new Aim(upstream.port(), null, "bench", Map.of());
            try (OpenLoop loop = new OpenLoop(loops, aim, aim.request(1024, Wish.JSON_ANSWER), 200, 16)) {
                LoadResult result = loop.run(Duration.ofSeconds(1));
                assertThat(result.failed()).isZero();
                assertThat(result.completed()).isEqualTo(200);
            }
        }
    }

    @Test
    void pacedStreamsGetEveryTokenThatWasDueInTheWindow() throws Exception {
        try (MockUpstream upstream = MockUpstream.start(loops, null)) {
            Aim aim = new Aim(upstream.port(), null, "bench", Map.of());
            ByteBuf request = aim.request(1024, new Wish(Wish.Kind.PACED, 50));
            LoadResult result = new PacedStreams(loops, aim, request, 10)
                    .run(Duration.ofMillis(100), Duration.ofSeconds(1), () -> {}, () -> {});
            assertThat(result.failed()).isZero();
            assertThat(result.completed()).isEqualTo(10);
            assertThat(result.tokens()).isEqualTo(200);
        }
    }

    @Test
    void aDeadTargetIsSaidToBeDead() throws Exception {
        int port;
        try (MockUpstream upstream = MockUpstream.start(loops, null)) {
            port = upstream.port();
        }
        Aim aim = new Aim(port, null, "bench", Map.of());
        try (ClosedLoop loop = new ClosedLoop(loops, aim, aim.request(1024, Wish.JSON_ANSWER), 2)) {
            org.assertj.core.api.Assertions.assertThatIllegalStateException().isThrownBy(() -> loop.run(SHORT));
        }
    }
}
