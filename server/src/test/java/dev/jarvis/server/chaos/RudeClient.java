package dev.jarvis.server.chaos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that asks for a stream, reads a little of it, and resets the connection. */
final class RudeClient {
    private static final int PATIENCE_MS = 60_000;

    private RudeClient() {}

    /** @param bytes of the answer that are read first; if the answer ends before, it is left at its end */
    static void hangUpAfter(int bytes, URI base, String key, String model, String prompt) throws IOException {
        byte[] body = """
                {"model":"%s","stream":true,"max_tokens":1000,"messages":[{"role":"user","content":"%s"}]}
                """.formatted(model, prompt).getBytes(StandardCharsets.UTF_8);
        String head = """
                POST /v1/chat/completions HTTP/1.1\r
                host: %s\r
                authorization: Bearer %s\r
                content-type: application/json\r
                content-length: %d\r
                \r
                """.formatted(base.getAuthority(), key, body.length);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            socket.getInputStream().readNBytes(bytes);
            socket.setSoLinger(true, 0);
        }
    }
}
