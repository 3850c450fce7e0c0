package dev.jarvis.engine.mcp.client;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Takes a stream of server-sent events apart (WHATWG HTML §9.2.6): of each, its data. The caller bounds how much there may be. */
final class EventReader {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final Deque<byte[]> events = new ArrayDeque<>();
    private boolean hasData;
    private boolean afterReturn;

    void read(byte[] piece) {
        for (byte b : piece) {
            if (b == '\n' && afterReturn) {
                afterReturn = false;
            } else if (b == '\n' || b == '\r') {
                afterReturn = b == '\r';
                endLine();
            } else {
                afterReturn = false;
                line.write(b);
            }
        }
    }

    /** The data of the next event that is complete. An event without data is none. */
    Optional<byte[]> next() {
        return Optional.ofNullable(events.poll());
    }

    private void endLine() {
        byte[] bytes = line.toByteArray();
        line.reset();
        if (bytes.length == 0) {
            // Servers of 2025-11-25 begin with an event that is empty but for its id.
            if (hasData && data.size() > 0) {
                events.add(data.toByteArray());
            }
            data.reset();
            hasData = false;
            return;
        }
        // Of the other fields none is needed: nothing is resumed, and every message is one of JSON-RPC.
        if (bytes.length >= 4 && bytes[0] == 'd' && bytes[1] == 'a' && bytes[2] == 't' && bytes[3] == 'a') {
            if (bytes.length > 4 && bytes[4] != ':') {
                return;
            }
            int from = bytes.length > 5 && bytes[5] == ' ' ? 6 : 5;
            if (hasData) {
                data.write('\n');
            }
            hasData = true;
            if (bytes.length > from) {
                data.write(bytes, from, bytes.length - from);
            }
        }
    }
}
