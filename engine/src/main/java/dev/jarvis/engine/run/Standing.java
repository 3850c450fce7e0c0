package dev.jarvis.engine.run;

import dev.jarvis.engine.model.ModelClient;
import dev.jarvis.platform.vault.Secret;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether what a run was lent still counts. Each call of a model finds that out by itself; a call of a tool does not, and an
 * answer may ask for many: so the gateway is asked before them, once a second at most. Of one thread.
 */
final class Standing {
    private static final long COUNTS_FOR = Duration.ofSeconds(1).toNanos();

    private final ModelClient models;
    private final Secret token;
    private final String model;
    private long asked;
    private boolean everAsked;

    Standing(ModelClient models, Secret token, String model) {
        this.models = models;
        this.token = token;
        this.model = model;
    }

    /** @return an end, if its user may do nothing more: disabled, logged out, the key revoked */
    Optional<End> lost() {
        long now = System.nanoTime();
        if (everAsked && now - asked < COUNTS_FOR) {
            return Optional.empty();
        }
        everAsked = true;
        asked = now;
        return models.refusal(token, model).map(refused -> End.failed(refused.code(), refused.message()));
    }
}
