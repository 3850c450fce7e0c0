package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.Demand;

import java.util.Optional;
import java.util.UUID;

/** Whose budget it is, in the order in which budgets are asked. */
enum BudgetScope {
    ORGANISATION("organisation", "the organisation's"),
    TEAM("team", "the team's"),
    USER("user", "the user's"),
    CALLER_KEY("caller_key", "the caller key's"),
    MODEL("model", "the model's");

    private final String code;
    private final String whose;

    BudgetScope(String code, String whose) {
        this.code = code;
        this.whose = whose;
    }

    /** The name in the database and in APIs. */
    String code() {
        return code;
    }

    /** As a message to a caller says it. */
    String whose() {
        return whose;
    }

    /** @throws IllegalArgumentException if there is no such scope */
    static BudgetScope of(String code) {
        for (BudgetScope scope : values()) {
            if (scope.code.equals(code)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("no such budget scope: " + code);
    }

    /** The team, user, key or model that a request counts for. */
    Optional<UUID> subject(Demand demand) {
        return switch (this) {
            case ORGANISATION -> Optional.empty();
            case TEAM -> Optional.of(demand.caller().teamId());
            case USER -> Optional.of(demand.caller().userId());
            case CALLER_KEY -> demand.caller().callerKeyId();
            case MODEL -> Optional.of(demand.model().deployment().id());
        };
    }
}
