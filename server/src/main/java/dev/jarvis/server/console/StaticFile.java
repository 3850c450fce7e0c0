package dev.jarvis.server.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * A file of the console, with what it was compressed to when it was built.
 *
 * @param forms the best first, the plain one last
 * @param mayBeKept whether its name changes when its content does, so that browsers need never ask again
 */
record StaticFile(String mediaType, boolean mayBeKept, List<Form> forms) {
    /**
     * One encoding of the content.
     *
     * @param encoding empty: none
     */
    record Form(Optional<String> encoding, String entityTag, Buffer content) {}

    void send(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        Form form = best(request.getHeader("accept-encoding"));
        PageHeaders.addTo(response, PageHeaders.FILE_POLICY);
        response.putHeader("cache-control", mayBeKept ? "public, max-age=31536000, immutable" : "no-cache")
                .putHeader("etag", form.entityTag());
        if (forms.size() > 1) {
            response.putHeader("vary", "Accept-Encoding");
        }
        if (Accepts.tag(request.getHeader("if-none-match"), form.entityTag())) {
            Sending.notModified(request);
            return;
        }
        form.encoding().ifPresent(encoding -> response.putHeader("content-encoding", encoding));
        Sending.send(request, 200, mediaType, form.content());
    }

    private Form best(@Nullable String accepted) {
        return forms.stream()
                .filter(form -> form.encoding()
                        .map(encoding -> Accepts.encoding(accepted, encoding))
                        .orElse(true))
                .findFirst()
                .orElseThrow();
    }
}
