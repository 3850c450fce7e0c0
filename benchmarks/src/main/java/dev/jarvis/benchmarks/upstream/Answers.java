package dev.jarvis.benchmarks.upstream;

import dev.jarvis.benchmarks.wire.Stamp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** What the mock provider says, made once: a JSON answer of 1 KB and the events of a stream, about 310 bytes each. */
final class Answers {

    private static final String JSON_HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: req_bench\r\n";
    private static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ncache-control: no-cache\r\n"
                    + "x-request-id: req_bench\r\ntransfer-encoding: chunked\r\n\r\n";
    private static final String CHUNK_START =
            "data: {\"id\":\"chatcmpl-benchmark0000000000000000\",\"object\":\"chat.completion.chunk\","
                    + "\"created\":1700000000,\"model\":\"bench\",\"service_tier\":\"default\","
                    + "\"system_fingerprint\":\"fp_benchmark\",";
    private static final String USAGE =
            "\"usage\":{\"prompt_tokens\":200,\"completion_tokens\":100,\"total_tokens\":300,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0}}";

    private static final byte[] TOKEN = chunk(CHUNK_START + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                    + Stamp.blank() + " word\"},\"logprobs\":null,\"finish_reason\":null}],\"obfuscation\":\"abcdef\"}")
            .getBytes(US_ASCII);
    private static final int STAMP_AT = new String(TOKEN, US_ASCII).indexOf(Stamp.MARK);

    /** The whole JSON answer with its head. */
    static final ByteBuf JSON = lasting(json());

    /** The head of a stream and its first event. */
    static final ByteBuf STREAM_OPENING = lasting(STREAM_HEAD
            + chunk(CHUNK_START + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\","
                    + "\"refusal\":null},\"logprobs\":null,\"finish_reason\":null}]}"));

    /** One event of a burst; nobody reads its stamp. */
    static final ByteBuf BURST_TOKEN = lasting(new String(TOKEN, US_ASCII));

    /** The end of a stream for those who asked for no usage. */
    static final ByteBuf CLOSING = lasting(finish() + chunk("data: [DONE]") + "0\r\n\r\n");

    /** The end of a stream for those who asked for usage. */
    static final ByteBuf CLOSING_WITH_USAGE = lasting(
            finish() + chunk(CHUNK_START + "\"choices\":[]," + USAGE + "}") + chunk("data: [DONE]") + "0\r\n\r\n");

    private Answers() {}

    /** One event that was due at {@code dueNanos}. */
    static ByteBuf token(ByteBufAllocator allocator, long dueNanos, byte[] scratch) {
        System.arraycopy(TOKEN, 0, scratch, 0, TOKEN.length);
        Stamp.write(scratch, STAMP_AT, dueNanos);
        return allocator.directBuffer(TOKEN.length).writeBytes(scratch, 0, TOKEN.length);
    }

    /** A buffer that {@link #token} can work in. */
    static byte[] scratch() {
        return new byte[TOKEN.length];
    }

    private static String finish() {
        return chunk(
                CHUNK_START + "\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}");
    }

    private static String chunk(String event) {
        return Integer.toHexString(event.length() + 2) + "\r\n" + event + "\n\n\r\n";
    }

    private static String json() {
        String body = "{\"id\":\"chatcmpl-benchmark0000000000000000\",\"object\":\"chat.completion\","
                + "\"created\":1700000000,\"model\":\"bench\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
                + "\"assistant\",\"content\":\"" + "An answer of plain words. ".repeat(20)
                + "\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}]," + USAGE
                + ",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_benchmark\"}";
        return JSON_HEAD + "content-length: " + body.length() + "\r\n\r\n" + body;
    }

    private static ByteBuf lasting(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
    }
}
