package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.JsonFault;
import dev.jarvis.gateway.dialect.bytes.JsonPlace;
import dev.jarvis.gateway.dialect.bytes.Utf8;
import dev.jarvis.platform.http.Refusal;

/** Says what is wrong with a request's JSON: the place, never the content. */
final class JsonRefusal {
    private JsonRefusal() {}

    static Refusal badEncoding() {
        return Refusal.badRequest("invalid_encoding", "The body is not valid UTF-8. Send JSON in UTF-8.", null);
    }

    static Refusal of(JsonFault fault, byte[] body, int start) {
        String path = JsonPlace.path(body, start, fault.offset());
        return switch (fault.problem()) {
            case BAD_ENCODING -> badEncoding();
            case MALFORMED -> malformed(fault, body, start);
            case LONE_SURROGATE ->
                refusal(
                        "invalid_unicode",
                        "A string has half of a surrogate pair (\\ud800 to \\udfff), which is no character. "
                                + "It was probably cut in the middle of an emoji.",
                        path);
            case DUPLICATE_KEY -> refusal("duplicate_key", "A field is given twice in one object. Send it once.", path);
            case TOO_DEEP -> tooDeep(path);
            case TOO_MANY_ELEMENTS -> limit("An array has more than 1,000,000 elements.", path);
            case TOO_MANY_KEYS -> limit("An object has more than 100,000 fields.", path);
            case KEY_TOO_LONG -> limit("A field's name is longer than 32 KB.", "");
            case NUMBER_TOO_LONG -> limit("A number has more than 1,000 digits.", path);
        };
    }

    private static Refusal malformed(JsonFault fault, byte[] body, int start) {
        if (!Utf8.isValid(body, start, body.length)) {
            return badEncoding();
        }
        return Refusal.badRequest(
                "invalid_json",
                "The body is not valid JSON at line " + JsonPlace.line(body, start, fault.offset()) + ", column "
                        + JsonPlace.column(body, start, fault.offset()) + ".",
                null);
    }

    private static Refusal tooDeep(String path) {
        String code = path.startsWith("tools[") ? "invalid_tools" : "json_too_deep";
        return refusal(code, "The body is nested more than 100 levels deep.", "");
    }

    private static Refusal limit(String message, String path) {
        return refusal("json_limit_exceeded", message, path);
    }

    private static Refusal refusal(String code, String message, String path) {
        return Refusal.badRequest(code, message, path.isEmpty() ? null : path);
    }
}
