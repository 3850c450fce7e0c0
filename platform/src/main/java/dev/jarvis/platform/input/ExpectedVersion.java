package dev.jarvis.platform.input;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The versions that a change may be made on: the entity tags of an If-Match header (RFC 9110 §13.1.1). */
public record ExpectedVersion(List<String> tags) {
    public static ExpectedVersion of(Call call) {
        return new ExpectedVersion(call.headers().getAll("if-match").stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .toList());
    }

    public static String tag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * @param noun of the thing, for people
     * @throws Refusal 412 {@code version_conflict} if the header names versions and not this one
     */
    public void require(long version, String noun) {
        if (!tags.isEmpty() && !tags.contains("*") && !tags.contains(tag(version))) {
            throw new Refusal(
                    412,
                    "invalid_request_error",
                    "version_conflict",
                    "The " + noun + " was changed by someone else. Read it again and repeat the change.",
                    null,
                    Map.of("etag", tag(version)));
        }
    }
}
