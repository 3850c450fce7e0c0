package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonFault;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.platform.http.Refusal;

/**
 * Reads a chat completion request in one strict pass over its bytes. Thread-safe; keeps nothing.
 *
 * <p>What makes two readers of one text disagree is refused (duplicate keys, broken encodings, lone surrogates): we would
 * price one model while the provider runs another. Members that we do not know are forwarded untouched, because
 * providers have many of their own; except one that a careless reader could take for {@code model}.
 */
public final class ChatRequestReader {
    private ChatRequestReader() {}

    /**
     * @param body complete and decompressed; the request keeps it, so nobody may write to it any more
     * @throws Refusal 400 or 403, with a stable code and the parameter at fault; the body is never echoed
     */
    public static ChatRequest read(byte[] body) {
        if (body.length == 0) {
            throw Refusal.badRequest("empty_body", "The request has no body. Send a JSON object.", null);
        }
        int start = hasMark(body) ? 3 : 0;
        if (isWideEncoding(body)) {
            throw JsonRefusal.badEncoding();
        }
        try {
            return readObject(body, start);
        } catch (JsonFault fault) {
            throw JsonRefusal.of(fault, body, start);
        } catch (Refusal refusal) {
            throw unlessMalformed(refusal, body, start);
        }
    }

    private static ChatRequest readObject(byte[] body, int start) {
        JsonCursor json = JsonCursor.strict(body, start, body.length);
        if (json.kind() != JsonKind.OBJECT) {
            throw Refusal.badRequest("invalid_type", "The body must be a JSON object.", null);
        }
        TopLevel top = new TopLevel(json);
        top.read();
        json.finish();
        top.check();
        return new ChatRequest(top, new Slice(body, start, body.length - start));
    }

    /** A text that is no JSON is refused as such, even where a parameter before the fault is wrong too. */
    private static Refusal unlessMalformed(Refusal refusal, byte[] body, int start) {
        JsonCursor json = JsonCursor.strict(body, start, body.length);
        try {
            json.skipValue();
            json.finish();
            return refusal;
        } catch (JsonFault fault) {
            return JsonRefusal.of(fault, body, start);
        }
    }

    private static boolean hasMark(byte[] body) {
        return body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
    }

    /** UTF-16 and UTF-32, with or without a mark: JSON's first two characters are ASCII, so a zero byte tells. */
    private static boolean isWideEncoding(byte[] body) {
        if (body.length < 2) {
            return false;
        }
        int first = (body[0] & 0xFF) << 8 | body[1] & 0xFF;
        return first == 0xFEFF || first == 0xFFFE || body[0] == 0 || body[1] == 0;
    }
}
