package dev.jarvis.gateway.route;

import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.provider.KeyAilment;
import dev.jarvis.gateway.provider.KeyTrouble;
import dev.jarvis.platform.vault.Secret;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which provider keys are set aside, why and until when. In memory, shared by all event loops; what changes is also
 * reported, so that administrators see it and other nodes are told.
 */
public final class KeyHealth {
    /** How long a key rests when the provider does not say: longer each time in a row. */
    private static final Duration[] ESCALATION = {
        Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(24)
    };

    /** How long one request tries a key again before another may. */
    private static final Duration PROBE = Duration.ofMinutes(1);

    /**
     * A key that is set aside.
     *
     * @param secret the value that was refused: a new value under the same id starts healthy
     * @param times in a row
     */
    public record Rest(KeyTrouble trouble, Instant since, Instant until, int times, Secret secret) {}

    /** What was found out about a key elsewhere: by another node, or by this one before it started again. */
    public record Told(KeyTrouble trouble, Instant since, Instant until) {}

    /** Hears of changes; must not block. */
    public interface Observer {
        void resting(UUID keyId, Rest rest);

        void healthy(UUID keyId);
    }

    private final Clock clock;
    private final Observer observer;
    private final ConcurrentMap<UUID, Rest> resting = new ConcurrentHashMap<>();
    private volatile Map<UUID, Told> told = new ConcurrentHashMap<>();

    public KeyHealth(Clock clock, Observer observer) {
        this.clock = clock;
        this.observer = observer;
    }

    /** Why the key is set aside now; empty: it is usable. */
    public Optional<Rest> restOf(ProviderKey key) {
        Rest rest = resting.get(key.id());
        if (rest == null) {
            return toldOf(key);
        }
        if (!clock.instant().isBefore(rest.until())) {
            return Optional.empty();
        }
        if (!rest.secret().equals(key.secret())) {
            recovered(key);
            return Optional.empty();
        }
        return Optional.of(rest);
    }

    private Optional<Rest> toldOf(ProviderKey key) {
        Told known = told.get(key.id());
        return known == null || !clock.instant().isBefore(known.until())
                ? Optional.empty()
                : Optional.of(new Rest(known.trouble(), known.since(), known.until(), 1, key.secret()));
    }

    /** Takes over what is known elsewhere, whole. What this node found out itself counts first. */
    public void told(Map<UUID, Told> all) {
        told = new ConcurrentHashMap<>(all);
    }

    /**
     * Takes a usable key. One that was refused or exhausted and whose time has come is tried by one request first.
     *
     * @return false if another request just took it for that
     */
    boolean take(ProviderKey key) {
        Rest rest = resting.get(key.id());
        Instant until = clock.instant().plus(PROBE);
        if (rest == null) {
            Told known = told.get(key.id());
            return known == null
                    || !known.trouble().state().needsProbe()
                    || resting.putIfAbsent(key.id(), new Rest(known.trouble(), known.since(), until, 1, key.secret()))
                            == null;
        }
        if (!rest.trouble().state().needsProbe()) {
            return true;
        }
        return resting.replace(
                key.id(), rest, new Rest(rest.trouble(), rest.since(), until, rest.times(), rest.secret()));
    }

    /** Sets a key aside. */
    public void suffered(ProviderKey key, KeyAilment ailment) {
        Instant now = clock.instant();
        Rest rest = resting.compute(key.id(), (id, before) -> {
            boolean again = before != null
                    && before.trouble().state() == ailment.trouble().state();
            int times = again ? before.times() + 1 : 1;
            Duration length = ailment.rest().orElse(ESCALATION[Math.min(times, ESCALATION.length) - 1]);
            return new Rest(ailment.trouble(), again ? before.since() : now, now.plus(length), times, key.secret());
        });
        observer.resting(key.id(), rest);
    }

    /** Notes that a key worked. */
    public void recovered(ProviderKey key) {
        if (!resting.isEmpty() && resting.remove(key.id()) != null) {
            told.remove(key.id());
            observer.healthy(key.id());
        }
    }

    /** A key is good again: it worked elsewhere, or an administrator says so. */
    public void restored(UUID keyId) {
        resting.remove(keyId);
        told.remove(keyId);
    }

    Duration until(Instant instant) {
        return Duration.between(clock.instant(), instant);
    }
}
