package dev.jarvis.control.model;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The versions that a change may be made on: the entity tags of an If-Match header (RFC 9110 §13.1.1). */
record ExpectedVersion(List<String> tags) {
    static ExpectedVersion of(Call call) {
        return new ExpectedVersion(call.headers().getAll("if-match").stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .toList());
    }

    static String tag(long version) {
        return "\"" + version + "\"";
    }

    /** @throws Refusal 412 {@code version_conflict} if the header names versions and not this one */
    void require(long version) {
        if (!tags.isEmpty() && !tags.contains("*") && !tags.contains(tag(version))) {
            throw new Refusal(
                    412,
                    "invalid_request_error",
                    "version_conflict",
                    "The model was changed by someone else. Read it again and repeat the change.",
                    null,
                    Map.of("etag", tag(version)));
        }
    }
}
