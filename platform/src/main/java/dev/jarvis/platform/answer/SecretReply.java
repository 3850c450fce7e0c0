package dev.jarvis.platform.answer;

import dev.jarvis.platform.http.Reply;

import java.util.HashMap;
import java.util.Map;

/** An answer that holds a credential: no cache may keep it (RFC 6749 §5.1). */
public final class SecretReply {
    private SecretReply() {}

    public static Reply of(int status, Object body) {
        Reply reply = Reply.json(status, body);
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put("cache-control", "no-store");
        return new Reply(status, Map.copyOf(headers), reply.body());
    }
}
