package dev.jarvis.engine.egress;

import java.util.Map;
import java.util.Optional;

/** What came of a request. */
public sealed interface Fetched {
    /**
     * @param headers lower-case names
     * @param cut whether there was more than may be read
     */
    record Answered(int status, Map<String, String> headers, byte[] body, boolean cut) implements Fetched {
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** @param reason {@code forbidden_target}, {@code unknown_host}, {@code timeout}, {@code tls_failed}, {@code connect_failed} … */
    record Unanswered(String reason) implements Fetched {}
}
