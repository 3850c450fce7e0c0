package dev.jarvis.gateway.door;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.identity.Identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Models that are none of a provider: agents. Plugged in by the server; the gateway knows no more of them. Blocking. */
public interface OtherModels {
    /** What their names begin with. */
    String PREFIX = "agent:";

    /** There are none. */
    OtherModels NONE = new OtherModels() {
        @Override
        public List<Listed> list(Identity caller) {
            return List.of();
        }

        @Override
        public Optional<Listed> find(Identity caller, String model) {
            return Optional.empty();
        }

        @Override
        public Reply answer(Call call, String model) {
            throw ChatEndpoint.modelNotFound(model);
        }
    };

    /** @param id what to ask for */
    record Listed(String id, Instant createdAt) {}

    /** Those that the caller may use. */
    List<Listed> list(Identity caller);

    /** The one of that name, if the caller may use it. */
    Optional<Listed> find(Identity caller, String model);

    /** Answers a chat completion request, whole or as a stream. */
    Reply answer(Call call, String model) throws Exception;
}
