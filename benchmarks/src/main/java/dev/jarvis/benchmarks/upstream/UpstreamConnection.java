package dev.jarvis.benchmarks.upstream;

import dev.jarvis.benchmarks.wire.MessageReader;
import dev.jarvis.benchmarks.wire.Wish;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/**
 * One connection of the mock upstream. Of a request's body it keeps the first kilobyte, where the wish stands, and the
 * last bytes, where a gateway may have appended {@code stream_options}.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter implements MessageReader.Sink {

    private static final int KEPT_BEGINNING = 1024;
    private static final int KEPT_END = 256;
    private static final int BURST_SEGMENT = 4;
    private static final String USAGE_WANTED = "\"include_usage\":true";

    private final MessageReader reader = new MessageReader(this);
    private final Pacer pacer;
    private final LongAdder served;
    private final byte[] beginning = new byte[KEPT_BEGINNING];
    private final byte[] end = new byte[KEPT_END];
    private int beginningLength;
    private int endLength;
    private @Nullable ChannelHandlerContext context;

    UpstreamConnection(Pacer pacer, LongAdder served) {
        this.pacer = pacer;
        this.served = served;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
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
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public void head(String head) {
        beginningLength = 0;
        endLength = 0;
    }

    @Override
    public void content(ByteBuf in, int index, int length) {
        int kept = Math.min(length, KEPT_BEGINNING - beginningLength);
        in.getBytes(index, beginning, beginningLength, kept);
        beginningLength += kept;
        keepEnd(in, index, length);
    }

    private void keepEnd(ByteBuf in, int index, int length) {
        int taken = Math.min(length, KEPT_END);
        int old = Math.min(endLength, KEPT_END - taken);
        System.arraycopy(end, endLength - old, end, 0, old);
        in.getBytes(index + length - taken, end, old, taken);
        endLength = old + taken;
    }

    @Override
    public void end() {
        served.increment();
        ChannelHandlerContext ctx = java.util.Objects.requireNonNull(context);
        Wish wish = Wish.in(beginning, beginningLength);
        switch (wish.kind()) {
            case JSON -> ctx.write(Answers.JSON.duplicate());
            case BURST -> burst(ctx, wish.tokens());
            case PACED -> pacer.add(ctx.channel(), wish.tokens(), usageWanted());
        }
    }

    /** Four events leave together: fewer would make this side the bottleneck, more would spare the target its reads. */
    private void burst(ChannelHandlerContext ctx, int tokens) {
        ctx.writeAndFlush(Answers.STREAM_OPENING.duplicate());
        for (int i = 1; i <= tokens; i++) {
            ctx.write(Answers.BURST_TOKEN.duplicate());
            if (i % BURST_SEGMENT == 0) {
                ctx.flush();
            }
        }
        ctx.writeAndFlush((usageWanted() ? Answers.CLOSING_WITH_USAGE : Answers.CLOSING).duplicate());
    }

    private boolean usageWanted() {
        return contains(beginning, beginningLength) || contains(end, endLength);
    }

    private static boolean contains(byte[] text, int length) {
        return new String(text, 0, length, StandardCharsets.ISO_8859_1).contains(USAGE_WANTED);
    }
}
