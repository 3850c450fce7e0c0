package dev.jarvis.benchmarks.load;

import dev.jarvis.benchmarks.wire.Wish;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where to send requests and what every request must carry.
 *
 * @param port on 127.0.0.1
 * @param tls set when the target itself speaks TLS, which only the mock upstream does
 * @param model what stands in {@code model}
 * @param headers the target's credential and settings
 */
public record Aim(int port, @Nullable SslContext tls, String model, Map<String, String> headers) {

    /** A whole request as bytes, to be sent again and again. Its body has {@code bodyBytes} bytes. */
    public ByteBuf request(int bodyBytes, Wish wish) {
        byte[] body = body(bodyBytes, wish).getBytes(StandardCharsets.US_ASCII);
        StringBuilder head = new StringBuilder("POST /v1/chat/completions HTTP/1.1\r\n");
        head.append("host: 127.0.0.1:").append(port).append("\r\n");
        head.append("content-type: application/json\r\naccept: */*\r\n");
        new TreeMap<>(headers)
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("content-length: ").append(body.length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.US_ASCII);
        ByteBuf whole = Unpooled.directBuffer(start.length + body.length)
                .writeBytes(start)
                .writeBytes(body);
        return Unpooled.unreleasableBuffer(whole.asReadOnly());
    }

    private String body(int bytes, Wish wish) {
        String stream = wish.kind() == Wish.Kind.JSON ? "" : "\"stream\":true,";
        String before = "{\"model\":\"" + model + "\"," + stream
                + "\"temperature\":0.7,\"messages\":[{\"role\":\"user\",\"content\":\"" + wish.text() + " ";
        String after = "\"}]}";
        String words = "The quick brown fox jumps over the lazy dog. ";
        int filling = Math.max(0, bytes - before.length() - after.length());
        return before + words.repeat(filling / words.length() + 1).substring(0, filling) + after;
    }
}
