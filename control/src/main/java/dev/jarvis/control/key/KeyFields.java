package dev.jarvis.control.key;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.input.Fields;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The fields of a key that can be chosen. Models are taken by name, also ones that do not exist yet. */
record KeyFields(
        String name,
        @Nullable UUID teamId,
        @Nullable Instant expiresAt,
        @Nullable List<String> allowedModels) {
    private static final int MAX_NAME = 100;
    private static final int MAX_MODELS = 500;
    private static final int MAX_MODEL_ID = 200;

    /** A new key's. */
    static KeyFields ofNew(Fields in) {
        in.require("name");
        return read(in, new KeyFields("", null, null, null)).endingLater();
    }

    /** A key's after a change: what is absent stays, and null takes a limit away. */
    static KeyFields ofChanged(Fields in, Key key) {
        KeyFields changed = read(in, new KeyFields(key.name(), key.teamId(), key.expiresAt(), key.allowedModels()));
        return in.has("expires_at") ? changed.endingLater() : changed;
    }

    private static KeyFields read(Fields in, KeyFields otherwise) {
        return new KeyFields(
                in.line("name", MAX_NAME, otherwise.name()),
                in.id("team_id", Optional.ofNullable(otherwise.teamId())).orElse(null),
                in.instant("expires_at", Optional.ofNullable(otherwise.expiresAt()))
                        .orElse(null),
                in.lines("allowed_models", MAX_MODELS, MAX_MODEL_ID, Optional.ofNullable(otherwise.allowedModels()))
                        .orElse(null));
    }

    /** Refuses a time that is over; where a key keeps the one it has, it may be. */
    private KeyFields endingLater() {
        if (expiresAt != null && !expiresAt.isAfter(Instant.now())) {
            throw Refusal.badRequest("out_of_range", "'expires_at' must be in the future.", "expires_at");
        }
        return this;
    }

    /**
     * Refuses rights that a calling key does not have itself: with the models or the time of another key it would have
     * more than it was given. A login has its user's rights, which bound every key at its use.
     *
     * @throws Refusal 403 {@code exceeds_own_rights}
     */
    void requireWithin(Identity caller) {
        boolean wider = caller.allowedModels()
                .map(own -> allowedModels == null || !own.containsAll(allowedModels))
                .orElse(false);
        boolean longer = caller.callerKeyId().isPresent()
                && !caller.expiresAt().equals(Instant.MAX)
                && (expiresAt == null || expiresAt.isAfter(caller.expiresAt()));
        if (wider || longer) {
            throw Refusal.forbidden(
                    "exceeds_own_rights",
                    wider
                            ? "The key you call with may not use all of these models. Log in instead."
                            : "The key you call with expires earlier. Log in instead.");
        }
    }
}
