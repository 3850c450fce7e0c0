package dev.jarvis.benchmarks.wire;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Event loops on native epoll: one for each core that the driver may use. While a closed loop runs they do not sleep: over
 * loopback whoever sends pays for waking the receiver, and a target that keeps the driver less busy would pay more often.
 */
public final class Loops {

    private static volatile boolean awake;

    private Loops() {}

    /** Starts {@code count} event loops. */
    public static EventLoopGroup start(int count) {
        SelectStrategy asUsual = DefaultSelectStrategyFactory.INSTANCE.newSelectStrategy();
        SelectStrategy strategy = (look, tasks) -> awake ? look.get() : asUsual.calculateStrategy(look, tasks);
        return new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory("driver", true), EpollIoHandler.newFactory(0, () -> strategy));
    }

    /** Whether they look again and again for something to do, instead of sleeping until there is something. */
    public static void keepAwake(boolean wanted) {
        awake = wanted;
    }
}
