package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.provider.ListedModel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a provider says that it serves.
 *
 * @param status of its answer, if there was one
 * @param fault why there is no list; what the provider said is in it, without the key
 */
public record ModelList(
        OptionalInt status, long latencyMillis, List<ListedModel> models, Optional<ProbeResult.Fault> fault) {
    static ModelList failed(OptionalInt status, long latencyMillis, String code, String message) {
        return new ModelList(status, latencyMillis, List.of(), Optional.of(new ProbeResult.Fault(code, message)));
    }
}
