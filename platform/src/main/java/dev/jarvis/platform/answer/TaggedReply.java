package dev.jarvis.platform.answer;

import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.ExpectedVersion;

import java.util.HashMap;
import java.util.Map;

/** An answer with the version of what it shows as its entity tag, for the {@code If-Match} of a later change. */
public final class TaggedReply {
    private TaggedReply() {}

    public static Reply of(int status, Object body, long version) {
        return tag(Reply.json(status, body), version);
    }

    /** The same with a credential in it: no cache may keep it. */
    public static Reply ofSecret(int status, Object body, long version) {
        return tag(SecretReply.of(status, body), version);
    }

    private static Reply tag(Reply reply, long version) {
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put("etag", ExpectedVersion.tag(version));
        return new Reply(reply.status(), Map.copyOf(headers), reply.body());
    }
}
