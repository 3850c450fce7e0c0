package dev.jarvis.benchmarks.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class MessageReaderTest {

    private static final String TWO_MESSAGES = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
            + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "4\r\nabcd\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n" + "HTTP/1.1 204 No Content\r\n\r\n";

    @Test
    void readsTheSameMessagesHoweverTheBytesAreCut() {
        for (int size = 1; size <= TWO_MESSAGES.length(); size++) {
            Recording seen = new Recording();
            MessageReader reader = new MessageReader(seen);
            for (int at = 0; at < TWO_MESSAGES.length(); at += size) {
                String piece = TWO_MESSAGES.substring(at, Math.min(TWO_MESSAGES.length(), at + size));
                reader.read(Unpooled.copiedBuffer(piece, StandardCharsets.US_ASCII));
            }
            assertThat(seen.messages).as("pieces of %d", size).containsExactly("hello", "abcd0123456789", "");
        }
    }

    @Test
    void findsStampsHoweverTheStreamIsCut() {
        byte[] stream =
                ("data: " + Stamp.blank() + " @x data: " + Stamp.blank() + "\n").getBytes(StandardCharsets.US_ASCII);
        Stamp.write(stream, 6, 0x123456789abcdefL);
        Stamp.write(stream, 6 + Stamp.LENGTH + 10, 42);
        for (int size = 1; size <= stream.length; size++) {
            List<Long> found = new ArrayList<>();
            StampScanner scanner = new StampScanner(found::add);
            for (int at = 0; at < stream.length; at += size) {
                scanner.scan(Unpooled.wrappedBuffer(stream), at, Math.min(size, stream.length - at));
            }
            assertThat(found).as("pieces of %d", size).containsExactly(0x123456789abcdefL, 42L);
        }
    }

    private static final class Recording implements MessageReader.Sink {
        final List<String> messages = new ArrayList<>();
        private final StringBuilder body = new StringBuilder();

        @Override
        public void head(String head) {
            body.setLength(0);
        }

        @Override
        public void content(ByteBuf in, int index, int length) {
            body.append(in.toString(index, length, StandardCharsets.US_ASCII));
        }

        @Override
        public void end() {
            messages.add(body.toString());
        }
    }
}
