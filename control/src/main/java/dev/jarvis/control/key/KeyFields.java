package dev.jarvis.control.key;

import dev.jarvis.control.request.Fields;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.identity.Identity;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The fields of a key that can be chosen. Models are taken by name, also ones that do not exist yet. */
record KeyFields(
        String name, @Nullable Instant expiresAt, @Nullable List<String> allowedModels) {
    private static final int MAX_NAME = 100;
    private static final int MAX_MODELS = 500;
    private static final int MAX_MODEL_ID = 200;

    /** PostgreSQL's dates go further; nobody's plans do. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Refuses with 400 what a key cannot be. */
    static KeyFields of(String name, @Nullable Instant expiresAt, @Nullable List<String> allowedModels) {
        Fields.label(name, "name", MAX_NAME);
        if (expiresAt != null && expiresAt.isAfter(LATEST)) {
            throw Refusal.badRequest("out_of_range", "'expires_at' is too far away.", "expires_at");
        }
        if (allowedModels != null) {
            checkModels(allowedModels);
        }
        return new KeyFields(name, expiresAt, allowedModels);
    }

    /** Refuses a time that is over; where a key keeps the one it has, it may be. */
    KeyFields endingLater() {
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

    private static void checkModels(List<String> models) {
        Set<String> seen = new HashSet<>();
        if (models.size() > MAX_MODELS) {
            throw Refusal.badRequest(
                    "invalid_length", "'allowed_models' has more than " + MAX_MODELS + " models.", "allowed_models");
        }
        for (String model : models) {
            Fields.label(Fields.required(model, "allowed_models"), "allowed_models", MAX_MODEL_ID);
            if (!seen.add(model)) {
                throw Refusal.badRequest("invalid_value", "'allowed_models' names a model twice.", "allowed_models");
            }
        }
    }
}
