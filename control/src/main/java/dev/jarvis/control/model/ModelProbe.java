package dev.jarvis.control.model;

import dev.jarvis.platform.vault.Secret;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Sends one tiny real call to a model's provider. Declared here, answered by the gateway, joined by the server. */
public interface ModelProbe {
    /**
     * Blocking, for as long as the gateway waits for a provider. What the provider does wrong is in the answer.
     *
     * @param modelId {@code llm_models.id}; also of a model that is not enabled
     * @param keyId the provider key to use; otherwise the gateway chooses as it does for any call
     */
    Probe test(UUID modelId, Optional<UUID> keyId);

    /** The same for a model that is not stored, and does not come to be by it. */
    Probe test(Candidate candidate);

    /**
     * What it takes to reach a model.
     *
     * @param upstreamModel the provider's own name of the model
     * @param key empty where there is none to send
     */
    record Candidate(URI baseUrl, String authType, String upstreamModel, Optional<Secret> key) {}

    /**
     * What came back.
     *
     * @param status of the provider's answer, if there was one
     * @param model that the provider says it used
     * @param answer the generated text, of which the first 200 characters are shown
     * @param keyHint last four characters of the provider key that was used
     */
    record Probe(
            boolean ok,
            OptionalInt status,
            long latencyMs,
            Optional<String> model,
            Optional<String> answer,
            Optional<Usage> usage,
            Optional<String> keyHint,
            Optional<Fault> error) {
        private static final int SHOWN = 200;

        public Probe {
            answer = answer.map(Probe::beginning);
        }

        private static String beginning(String text) {
            return text.codePointCount(0, text.length()) <= SHOWN
                    ? text
                    : text.substring(0, text.offsetByCodePoints(0, SHOWN));
        }
    }

    /** Tokens as the provider reported them. */
    record Usage(long inputTokens, long outputTokens, long totalTokens) {}

    /** @param code stable, as the gateway would give it to a caller */
    record Fault(String code, String message) {}
}
