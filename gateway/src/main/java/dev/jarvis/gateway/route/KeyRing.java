package dev.jarvis.gateway.route;

import dev.jarvis.gateway.catalog.AuthScheme;
import dev.jarvis.gateway.catalog.Deployment;
import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.provider.KeyState;
import dev.jarvis.gateway.rate.KeyRates;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Chooses the provider key of each attempt. Shared by all event loops. */
public final class KeyRing {
    private final KeyHealth health;
    private final KeyRates rates;
    private final ConcurrentMap<UUID, SmoothTurns> turns = new ConcurrentHashMap<>();

    public KeyRing(KeyHealth health, KeyRates rates) {
        this.health = health;
        this.rates = rates;
    }

    /** @param tried keys that this request had already, and that failed it */
    public Pick pick(Deployment deployment, Set<UUID> tried) {
        if (deployment.auth() instanceof AuthScheme.None) {
            return new Pick.NoKeyNeeded();
        }
        List<ProviderKey> usable = new ArrayList<>(deployment.keys().size());
        for (ProviderKey key : deployment.keys()) {
            if (!tried.contains(key.id())
                    && health.restOf(key).isEmpty()
                    && rates.fullFor(key.id()).isEmpty()) {
                usable.add(key);
            }
        }
        while (!usable.isEmpty()) {
            ProviderKey chosen = deployment.keyMode() == KeyMode.SINGLE || usable.size() == 1
                    ? usable.getFirst()
                    : turns.computeIfAbsent(deployment.id(), id -> new SmoothTurns())
                            .next(usable);
            if (health.take(chosen)) {
                return new Pick.Use(chosen);
            }
            usable.remove(chosen);
        }
        return new Pick.NoneUsable(firstUsable(deployment));
    }

    /** Only rate limits pass by themselves within the hour; a promise about money or refusals would be a lie. */
    private Optional<Duration> firstUsable(Deployment deployment) {
        return deployment.keys().stream()
                .map(this::usableIn)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private Optional<Duration> usableIn(ProviderKey key) {
        Optional<KeyHealth.Rest> rest = health.restOf(key);
        if (rest.isEmpty()) {
            return rates.fullFor(key.id());
        }
        return rest.filter(cooling -> cooling.trouble().state() == KeyState.COOLING)
                .map(KeyHealth.Rest::until)
                .map(health::until);
    }
}
