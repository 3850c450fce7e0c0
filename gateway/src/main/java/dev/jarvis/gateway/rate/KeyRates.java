package dev.jarvis.gateway.rate;

import dev.jarvis.gateway.limit.Demand;
import io.vertx.core.Context;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Holds provider keys to the rates that were set for them, so that they are spared before the provider says 429. A key that
 * is full is passed over like one that rests, without being asked for again. Thread-safe.
 */
public final class KeyRates {
    private final Supplier<RateRules> rules;
    private final RateStore store;
    private final TokenGuess guess;
    private final LongSupplier millis;
    private final ConcurrentMap<UUID, Long> fullUntil = new ConcurrentHashMap<>();

    /** What came of taking a key. */
    public sealed interface Taken {
        record Free(RateGrant grant) implements Taken {}

        /** @param usableIn as far as can be told */
        record Full(Duration usableIn) implements Taken {}
    }

    public KeyRates(Supplier<RateRules> rules, RateStore store, TokenGuess guess, LongSupplier millis) {
        this.rules = rules;
        this.store = store;
        this.guess = guess;
        this.millis = millis;
    }

    /** How long a key is still full; empty: it is worth asking for. */
    public Optional<Duration> fullFor(UUID keyId) {
        if (fullUntil.isEmpty()) {
            return Optional.empty();
        }
        @Nullable Long until = fullUntil.get(keyId);
        if (until == null) {
            return Optional.empty();
        }
        long left = until - millis.getAsLong();
        if (left <= 0 || rules.get().claimsOfProviderKey(keyId).isEmpty()) {
            fullUntil.remove(keyId, until);
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(left));
    }

    /**
     * Calls {@code then} exactly once: at once, or later on the same loop.
     *
     * @param demand asked for only where the key has a limit
     */
    public void take(UUID keyId, Supplier<Demand> demand, Context loop, Consumer<Taken> then) {
        List<RateClaim> claims = rules.get().claimsOfProviderKey(keyId);
        if (claims.isEmpty()) {
            then.accept(new Taken.Free(RateGrant.NOTHING));
            return;
        }
        store.reserve(claims, guess.of(demand.get()), loop, answer -> {
            switch (answer) {
                case RateAnswer.Granted granted -> then.accept(new Taken.Free(granted.grant()));
                case RateAnswer.Refused refused -> then.accept(new Taken.Full(noted(keyId, refused.shortage())));
            }
        });
    }

    /** A place among those at once can be free at any moment, and a smaller request may still fit: neither is noted. */
    private Duration noted(UUID keyId, Shortage shortage) {
        Duration wait = Duration.ofMillis(Math.max(1, shortage.waitMillis()));
        if (shortage.kind() == Shortage.Kind.REQUESTS) {
            fullUntil.put(keyId, millis.getAsLong() + wait.toMillis());
        }
        return wait;
    }
}
