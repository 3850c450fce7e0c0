package dev.jarvis.testkit.provider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Writes a head and a body to the socket, framed and compressed as the head says; every write is flushed. */
final class BodyWriter {
    private final OutputStream socket;
    private Step.Framing framing = Step.Framing.CHUNKED;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private GZIPOutputStream[] gzip = {};
    private boolean headWritten;

    BodyWriter(OutputStream socket) {
        this.socket = socket;
    }

    boolean isHeadWritten() {
        return headWritten;
    }

    void head(Step.Head head) throws IOException {
        headWritten = true;
        framing = head.framing();
        StringBuilder text = new StringBuilder("HTTP/1.1 " + head.status() + " Scripted\r\n");
        head.headers()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        switch (framing) {
            case CHUNKED -> text.append("transfer-encoding: chunked\r\n");
            case CLOSE -> text.append("connection: close\r\n");
            case LENGTH -> {}
        }
        raw(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (head.gzip()) {
            gzip = new GZIPOutputStream[] {new GZIPOutputStream(compressed, true)};
        }
    }

    void body(byte[] bytes, int from, int length) throws IOException {
        if (gzip.length == 0) {
            framed(bytes, from, length);
            return;
        }
        gzip[0].write(bytes, from, length);
        gzip[0].flush();
        takeCompressed();
    }

    /** The end of the body. False if only the connection's end can tell it. */
    boolean end() throws IOException {
        if (gzip.length > 0) {
            gzip[0].finish();
            takeCompressed();
        }
        if (framing == Step.Framing.CHUNKED) {
            raw("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        return framing != Step.Framing.CLOSE;
    }

    void raw(byte[] bytes) throws IOException {
        socket.write(bytes);
        socket.flush();
    }

    private void takeCompressed() throws IOException {
        byte[] bytes = compressed.toByteArray();
        compressed.reset();
        if (bytes.length > 0) {
            framed(bytes, 0, bytes.length);
        }
    }

    private void framed(byte[] bytes, int from, int length) throws IOException {
        if (framing != Step.Framing.CHUNKED) {
            socket.write(bytes, from, length);
        } else if (length > 0) {
            byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            byte[] chunk = new byte[size.length + length + 2];
            System.arraycopy(size, 0, chunk, 0, size.length);
            System.arraycopy(bytes, from, chunk, size.length, length);
            chunk[chunk.length - 2] = '\r';
            chunk[chunk.length - 1] = '\n';
            socket.write(chunk);
        }
        socket.flush();
    }
}
