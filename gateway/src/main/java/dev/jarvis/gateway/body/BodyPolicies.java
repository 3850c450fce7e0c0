package dev.jarvis.gateway.body;

import dev.jarvis.platform.body.BodyPolicy;
import dev.jarvis.platform.identity.Identity;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What is set for models and caller keys. Where both are, the stricter holds; where none is, nothing is kept. */
record BodyPolicies(Map<UUID, BodyPolicy> ofModels, Map<UUID, BodyPolicy> ofKeys) {
    static final BodyPolicies NONE = new BodyPolicies(Map.of(), Map.of());

    private static final String ALL = "SELECT scope, subject_id, policy FROM body_policies";

    /** Blocking. */
    static BodyPolicies load(Jdbi jdbi) {
        Map<UUID, BodyPolicy> ofModels = new HashMap<>();
        Map<UUID, BodyPolicy> ofKeys = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(ALL)
                .map((row, context) -> (row.getString("scope").equals("model") ? ofModels : ofKeys)
                        .put(row.getObject("subject_id", UUID.class), BodyPolicy.of(row.getString("policy"))))
                .list());
        return new BodyPolicies(ofModels, ofKeys);
    }

    BodyPolicy of(Identity caller, UUID model) {
        if (ofModels.isEmpty() && ofKeys.isEmpty()) {
            return BodyPolicy.OFF;
        }
        @Nullable BodyPolicy ofModel = ofModels.get(model);
        @Nullable BodyPolicy ofKey = caller.callerKeyId().map(ofKeys::get).orElse(null);
        if (ofModel == null) {
            return ofKey == null ? BodyPolicy.OFF : ofKey;
        }
        return ofKey == null ? ofModel : ofModel.and(ofKey);
    }
}
