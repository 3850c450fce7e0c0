package dev.jarvis.gateway.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;

/**
 * Skips what a provider says before its answer: any 1xx, known or not (RFC 9110 §15.2), of which Vert.x would take all but 100
 * and 103 for the answer. Only so many, and not 101: this gateway asks nobody to speak another protocol.
 */
final class InformationalAnswers extends ChannelInboundHandlerAdapter {
    /** Before one answer. */
    private static final int MOST = 16;

    private static final int SWITCHING_PROTOCOLS = 101;

    private int skipped;

    /** The message under way is one to skip. */
    private boolean skipping;

    private InformationalAnswers() {}

    static void skipOn(HttpConnection connection) {
        ChannelHandlerContext http = ((HttpClientConnection) connection).channelHandlerContext();
        http.pipeline().addBefore(http.name(), null, new InformationalAnswers());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse answer) {
            skipping = isInformational(answer);
            skipped = skipping ? skipped + 1 : 0;
        }
        if (!skipping) {
            context.fireChannelRead(message);
            return;
        }
        skipping = !(message instanceof LastHttpContent);
        ReferenceCountUtil.release(message);
        if (message instanceof HttpResponse && skipped == MOST + 1) { // once, which closes the connection
            context.fireExceptionCaught(new DecoderException("more than " + MOST + " informational answers"));
        }
    }

    private static boolean isInformational(HttpResponse answer) {
        int status = answer.status().code();
        return status >= 100 && status < 200 && status != SWITCHING_PROTOCOLS;
    }
}
