package dev.jarvis.benchmarks.wire;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

/** Event loops on native epoll: one for each core that the driver may use. */
public final class Loops {

    private Loops() {}

    /** Starts {@code count} event loops. */
    public static EventLoopGroup start(int count) {
        return new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory("driver", true), EpollIoHandler.newFactory());
    }
}
