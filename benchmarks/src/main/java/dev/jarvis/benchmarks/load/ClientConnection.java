package dev.jarvis.benchmarks.load;

import dev.jarvis.benchmarks.wire.MessageReader;
import dev.jarvis.benchmarks.wire.StampScanner;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection to a target, with at most one request on its way. */
final class ClientConnection extends ChannelInboundHandlerAdapter implements MessageReader.Sink {

    private final MessageReader reader = new MessageReader(this);
    private final StampScanner stamps;
    private final Exchange exchange;
    private @Nullable Channel channel;
    private boolean busy;
    private boolean scanning;
    private int status;
    private long due;

    ClientConnection(Exchange exchange) {
        this.exchange = exchange;
        this.stamps = new StampScanner(exchange::token);
    }

    /** Connects; the future fails when the target does not listen. */
    ChannelFuture connect(EventLoopGroup loops, Aim aim) {
        return new Bootstrap()
                .group(loops)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (aim.tls() != null) {
                            channel.pipeline().addLast(aim.tls().newHandler(channel.alloc(), "127.0.0.1", aim.port()));
                        }
                        channel.pipeline().addLast(ClientConnection.this);
                    }
                })
                .connect("127.0.0.1", aim.port());
    }

    /** Sends a request that was due at {@code dueNanos}. Called on the event loop or before anything else is sent. */
    void send(ByteBuf request, long dueNanos) {
        due = dueNanos;
        busy = true;
        if (channel != null) {
            channel.writeAndFlush(request.duplicate());
        }
    }

    /** When the request that is on its way was due. */
    long due() {
        return due;
    }

    boolean isOpen() {
        return channel != null && channel.isActive();
    }

    /** Runs {@code task} on the connection's event loop. */
    void execute(Runnable task) {
        if (channel != null) {
            channel.eventLoop().execute(task);
        }
    }

    void close() {
        if (channel != null) {
            channel.close();
        }
    }

    /** Before the connect future is told, so that its listeners may send. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            reader.read(in);
        } finally {
            in.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        exchange.closed(this, busy);
        busy = false;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public void head(String head) {
        status = Integer.parseInt(head.substring(9, 12));
        scanning = head.contains("text/event-stream");
        stamps.restart();
    }

    @Override
    public void content(ByteBuf in, int index, int length) {
        if (scanning) {
            stamps.scan(in, index, length);
        }
    }

    @Override
    public void end() {
        busy = false;
        exchange.answered(this, status);
    }
}
