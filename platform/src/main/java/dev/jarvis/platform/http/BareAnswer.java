package dev.jarvis.platform.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Answers a connection on which there is no whole request that Vert.x could answer, and closes it. */
final class BareAnswer {
    private BareAnswer() {}

    static void refuse(Channel channel, Refusal refusal) {
        String requestId = RequestId.next();
        byte[] body = ErrorBody.of(refusal, requestId);
        String head = "HTTP/1.1 " + HttpResponseStatus.valueOf(refusal.status())
                + "\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n" + Doorman.REQUEST_ID
                + ": " + requestId + "\r\ncontent-length: " + body.length + "\r\n\r\n";
        ChannelHandlerContext wire = channel.pipeline().firstContext();
        ByteBuf answer = ByteBufUtil.encodeString(
                channel.alloc(),
                CharBuffer.wrap(head + new String(body, StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
        wire.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }
}
