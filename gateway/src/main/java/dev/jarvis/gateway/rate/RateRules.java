package dev.jarvis.gateway.rate;

import dev.jarvis.gateway.limit.Demand;
import dev.jarvis.platform.notice.Live;
import dev.jarvis.platform.notice.Notices;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** The limits that are set now. Immutable, swapped whole. */
public record RateRules(Map<RateSubject, RateLimit> limits) {
    public static final RateRules EMPTY = new RateRules(Map.of());

    /** What is set, always; not {@link Live#isLoaded}: a server that does not know its limits must not serve without them. */
    public static Live<RateRules> live(Supplier<RateRules> loader, Notices notices) {
        return new Live<>("rate limits", EMPTY, loader, notices, List.of("rate_limits", "models"));
    }

    public RateRules {
        limits = Map.copyOf(limits);
    }

    /** Those that a request has to keep, the widest first. */
    List<RateClaim> claimsOf(Demand demand) {
        if (limits.isEmpty()) {
            return List.of();
        }
        List<RateClaim> claims = new ArrayList<>(4);
        add(RateScope.TEAM, demand.caller().teamId(), claims);
        add(RateScope.USER, demand.caller().userId(), claims);
        demand.caller().callerKeyId().ifPresent(key -> add(RateScope.CALLER_KEY, key, claims));
        add(RateScope.MODEL, demand.model().deployment().id(), claims);
        return claims;
    }

    /** The limit of a provider key, as a claim; empty if it has none. */
    List<RateClaim> claimsOfProviderKey(UUID keyId) {
        if (limits.isEmpty()) {
            return List.of();
        }
        List<RateClaim> claims = new ArrayList<>(1);
        add(RateScope.PROVIDER_KEY, keyId, claims);
        return claims;
    }

    private void add(RateScope scope, UUID id, List<RateClaim> claims) {
        RateSubject subject = new RateSubject(scope, id);
        @Nullable RateLimit limit = limits.get(subject);
        if (limit != null) {
            claims.add(new RateClaim(subject, limit));
        }
    }
}
