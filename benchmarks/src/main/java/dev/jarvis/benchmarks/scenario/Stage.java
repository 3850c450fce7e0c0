package dev.jarvis.benchmarks.scenario;

import dev.jarvis.benchmarks.contender.Target;
import dev.jarvis.benchmarks.load.Aim;
import dev.jarvis.benchmarks.load.ClosedLoop;
import dev.jarvis.benchmarks.load.LoadResult;
import dev.jarvis.benchmarks.load.OpenLoop;
import dev.jarvis.benchmarks.load.PacedStreams;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures scenarios on targets, one at a time. */
public final class Stage {

    private static final Duration LISTEN = Duration.ofMillis(250);
    private static final int FEWEST_WARM_UPS = 5;
    private static final int MOST_OPEN_LOOP_CONNECTIONS = 256;
    private static final int STREAMS_OPENED_PER_SECOND = 500;

    private final EventLoopGroup loops;
    private final Pace pace;
    private final int connections;

    /** Closed loops use {@code connections} connections. */
    public Stage(EventLoopGroup loops, Pace pace, int connections) {
        this.loops = loops;
        this.pace = pace;
        this.connections = connections;
    }

    /** Runs the target's code until it is compiled: every closed loop, and a few of them several times. */
    public void warmUp(Target target, List<Scenario> scenarios) throws InterruptedException {
        List<Scenario> loaded = scenarios.stream()
                .filter(scenario -> scenario.shape() == Scenario.Shape.CLOSED)
                .toList();
        for (int i = 0; i < Math.max(loaded.size(), FEWEST_WARM_UPS) && !loaded.isEmpty(); i++) {
            Scenario scenario = loaded.get(i % loaded.size());
            Aim aim = target.aim(scenario.tls());
            ByteBuf request = aim.request(scenario.bodyBytes(), scenario.wish(0));
            try (ClosedLoop loop = new ClosedLoop(loops, aim, request, connections)) {
                loop.run(pace.firstWarmUp());
            }
        }
        awaitQuiet(target);
    }

    /** Measures once. */
    public Measurement measure(Target target, Scenario scenario, int round) throws InterruptedException {
        Aim aim = target.aim(scenario.tls());
        return switch (scenario.shape()) {
            case CLOSED -> {
                ByteBuf request = aim.request(scenario.bodyBytes(), scenario.wish(0));
                try (ClosedLoop loop = new ClosedLoop(loops, aim, request, connections)) {
                    yield measureRequests(target, scenario, round, loop::run);
                }
            }
            case OPEN -> {
                ByteBuf request = aim.request(scenario.bodyBytes(), scenario.wish(0));
                try (OpenLoop loop = new OpenLoop(loops, aim, request, scenario.amount(), MOST_OPEN_LOOP_CONNECTIONS)) {
                    yield measureRequests(target, scenario, round, loop::run);
                }
            }
            case PACED -> measureStreams(target, scenario, round, aim);
        };
    }

    private interface Load {
        LoadResult run(Duration duration) throws InterruptedException;
    }

    private Measurement measureRequests(Target target, Scenario scenario, int round, Load load)
            throws InterruptedException {
        load.run(pace.warmUp());
        awaitQuiet(target);
        Reading before = Reading.of(target);
        LoadResult result = load.run(pace.load());
        Reading after = Reading.of(target);
        double catchUp = awaitQuiet(target);
        return before.until(after, Reading.of(target), catchUp)
                .measurement(target, scenario, round, result, result.completed());
    }

    private Measurement measureStreams(Target target, Scenario scenario, int round, Aim aim)
            throws InterruptedException {
        awaitQuiet(target);
        Duration ramp = Duration.ofMillis(1000L * scenario.amount() / STREAMS_OPENED_PER_SECOND);
        long seconds = ramp.plus(pace.window()).toSeconds() + 2;
        ByteBuf request = aim.request(scenario.bodyBytes(), scenario.wish(seconds));
        Reading[] readings = new Reading[2];
        LoadResult result = new PacedStreams(loops, aim, request, scenario.amount())
                .run(
                        ramp,
                        pace.window(),
                        () -> readings[0] = Reading.of(target),
                        () -> readings[1] = Reading.of(target));
        double catchUp = awaitQuiet(target);
        return readings[0]
                .until(readings[1], readings[1], catchUp)
                .measurement(target, scenario, round, result, result.tokens());
    }

    /** Waits until the target hardly uses CPU, and says how many seconds that took. */
    private double awaitQuiet(Target target) throws InterruptedException {
        long start = System.nanoTime();
        int quietInARow = 0;
        Reading last = Reading.of(target);
        while (quietInARow < 2 && System.nanoTime() - start < pace.quiet().toNanos()) {
            TimeUnit.MILLISECONDS.sleep(LISTEN.toMillis());
            Reading now = Reading.of(target);
            quietInARow = now.busySince(last) < 0.05 ? quietInARow + 1 : 0;
            last = now;
        }
        return Math.max(0, (System.nanoTime() - start - 2.0 * LISTEN.toNanos()) / 1e9);
    }
}
