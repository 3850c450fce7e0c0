package dev.jarvis.benchmarks.wire;

import io.netty.buffer.ByteBuf;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads HTTP/1.1 messages (requests or answers) off one connection, in pieces of any size, and allocates nothing but the
 * head's text. It understands content-length and chunked bodies; a message with neither has no body.
 */
public final class MessageReader {

    /** Where the parts of a message go. The buffer of {@link #content} is only valid during the call. */
    public interface Sink {
        /** The head has been read: start line and headers, in lower case. */
        void head(String head);

        /** A piece of the body, without chunk framing. */
        void content(ByteBuf in, int index, int length);

        /** The message is complete. */
        void end();
    }

    private enum Place {
        HEAD,
        FIXED,
        CHUNK_SIZE,
        CHUNK_EXTENSION,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private static final int LONGEST_HEAD = 32 * 1024;

    private final Sink sink;
    private final byte[] head = new byte[LONGEST_HEAD];
    private int headLength;
    private Place place = Place.HEAD;
    private long remaining;
    private int trailerLine;

    /** A reader at the start of a connection. */
    public MessageReader(Sink sink) {
        this.sink = sink;
    }

    /** Consumes all readable bytes of {@code in}. Throws {@link IllegalStateException} when they are not HTTP. */
    public void read(ByteBuf in) {
        while (in.isReadable()) {
            switch (place) {
                case HEAD -> readHead(in);
                case FIXED -> readFixed(in);
                case CHUNK -> readChunk(in);
                case CHUNK_SIZE, CHUNK_EXTENSION, CHUNK_END, TRAILER -> readFraming(in.readByte());
            }
        }
    }

    private void readHead(ByteBuf in) {
        int index = in.readerIndex();
        int limit = in.writerIndex();
        while (index < limit) {
            byte next = in.getByte(index++);
            if (headLength == LONGEST_HEAD) {
                throw new IllegalStateException("head longer than " + LONGEST_HEAD + " bytes");
            }
            head[headLength++] = next;
            if (next == '\n' && headLength > 3 && head[headLength - 2] == '\r' && head[headLength - 3] == '\n') {
                in.readerIndex(index);
                headEnds();
                return;
            }
        }
        in.readerIndex(limit);
    }

    private void headEnds() {
        String text = new String(head, 0, headLength, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        headLength = 0;
        sink.head(text);
        if (text.contains("\r\ntransfer-encoding: chunked") || text.contains("\r\ntransfer-encoding:chunked")) {
            place = Place.CHUNK_SIZE;
            remaining = 0;
            return;
        }
        remaining = contentLength(text);
        if (remaining == 0) {
            ends();
        } else {
            place = Place.FIXED;
        }
    }

    private static long contentLength(String head) {
        String name = "\r\ncontent-length:";
        int start = head.indexOf(name);
        if (start < 0) {
            return 0;
        }
        int from = start + name.length();
        return Long.parseLong(head.substring(from, head.indexOf('\r', from)).strip());
    }

    private void readFixed(ByteBuf in) {
        hand(in);
        if (remaining == 0) {
            ends();
        }
    }

    private void readChunk(ByteBuf in) {
        hand(in);
        if (remaining == 0) {
            place = Place.CHUNK_END;
        }
    }

    private void hand(ByteBuf in) {
        int length = (int) Math.min(remaining, in.readableBytes());
        sink.content(in, in.readerIndex(), length);
        in.skipBytes(length);
        remaining -= length;
    }

    private void readFraming(byte next) {
        switch (place) {
            case CHUNK_SIZE -> readChunkSize(next);
            case CHUNK_EXTENSION -> {
                if (next == '\n') {
                    chunkStarts();
                }
            }
            case CHUNK_END -> {
                if (next == '\n') {
                    place = Place.CHUNK_SIZE;
                }
            }
            default -> readTrailer(next);
        }
    }

    private void readChunkSize(byte next) {
        int digit = Character.digit(next, 16);
        if (digit >= 0) {
            remaining = remaining * 16 + digit;
        } else if (next == '\n') {
            chunkStarts();
        } else {
            place = Place.CHUNK_EXTENSION;
        }
    }

    private void chunkStarts() {
        trailerLine = 0;
        place = remaining == 0 ? Place.TRAILER : Place.CHUNK;
    }

    private void readTrailer(byte next) {
        if (next == '\n') {
            if (trailerLine == 0) {
                ends();
            }
            trailerLine = 0;
        } else if (next != '\r') {
            trailerLine++;
        }
    }

    private void ends() {
        place = Place.HEAD;
        sink.end();
    }
}
