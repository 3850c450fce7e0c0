package dev.jarvis.testkit.provider;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads HTTP/1.1 requests, keeping every header and body byte as it came. */
final class RequestReader {
    private final Peer peer;
    private final OutputStream out;

    RequestReader(Peer peer, OutputStream out) {
        this.peer = peer;
        this.out = out;
    }

    /** A request before it has its number. */
    record Read(Instant at, String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {}

    /** The next request, or {@code null} at the connection's end. */
    @Nullable
    Read next() throws IOException {
        String requestLine = line();
        if (requestLine == null) {
            return null;
        }
        String[] parts = requestLine.split(" ", 3);
        if (parts.length != 3) {
            throw new IOException("not a request line");
        }
        List<Map.Entry<String, String>> headers = headers();
        Instant at = Instant.now();
        if (find(headers, "expect").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        return new Read(at, parts[0], parts[1], headers, body(headers));
    }

    private List<Map.Entry<String, String>> headers() throws IOException {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.add(Map.entry(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return List.copyOf(headers);
    }

    private byte[] body(List<Map.Entry<String, String>> headers) throws IOException {
        if (find(headers, "transfer-encoding").equalsIgnoreCase("chunked")) {
            return chunks();
        }
        String length = find(headers, "content-length");
        return length.isEmpty() ? new byte[0] : peer.read(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(
                    String.valueOf(line()).replaceFirst(";.*", "").strip(), 16);
            if (size == 0) {
                for (String trailer = line(); trailer != null && !trailer.isEmpty(); ) {
                    trailer = line();
                }
                return body.toByteArray();
            }
            body.write(peer.read(size));
            line();
        }
    }

    private static String find(List<Map.Entry<String, String>> headers, String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = peer.read(); b != '\n'; b = peer.read()) {
            if (b < 0) {
                return line.isEmpty() ? null : line.toString();
            }
            line.append((char) b);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }
}
