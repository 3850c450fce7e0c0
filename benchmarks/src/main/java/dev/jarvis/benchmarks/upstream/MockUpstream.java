package dev.jarvis.benchmarks.upstream;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** A provider on loopback that answers every POST as its first message wishes, over HTTP or TLS. */
public final class MockUpstream implements AutoCloseable {

    private static final int BACKLOG = 4096;

    private final Map<EventLoop, Pacer> pacers = new ConcurrentHashMap<>();
    private final LongAdder served = new LongAdder();
    private final Channel listener;

    private MockUpstream(EventLoopGroup loops, @Nullable SslContext tls) {
        listener = new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        Pacer pacer = pacers.computeIfAbsent(channel.eventLoop(), Pacer::new);
                        channel.pipeline().addLast(new UpstreamConnection(pacer, served));
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    /** Starts one on a free port; with {@code tls} it speaks nothing else. */
    public static MockUpstream start(EventLoopGroup loops, @Nullable SslContext tls) {
        return new MockUpstream(loops, tls);
    }

    /** The port it listens on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** How many requests it has read to their end. */
    public long served() {
        return served.sum();
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
    }
}
