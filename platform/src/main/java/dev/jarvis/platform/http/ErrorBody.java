package dev.jarvis.platform.http;

import dev.jarvis.platform.json.Json;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The error body of OpenAI's API, which every route of ours speaks: {@code {"error":{message,type,param,code,request_id}}}. */
public final class ErrorBody {
    private ErrorBody() {}

    /** The refusal as JSON, UTF-8. */
    public static byte[] of(Refusal refusal, String requestId) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", refusal.message());
        error.put("type", refusal.type());
        error.put("param", refusal.param());
        error.put("code", refusal.code());
        error.put("request_id", requestId);
        return Json.MAPPER.writeValueAsString(Map.of("error", error)).getBytes(StandardCharsets.UTF_8);
    }
}
