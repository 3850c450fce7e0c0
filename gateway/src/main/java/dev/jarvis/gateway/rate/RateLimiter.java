package dev.jarvis.gateway.rate;

import dev.jarvis.gateway.limit.Decision;
import dev.jarvis.gateway.limit.Demand;
import dev.jarvis.gateway.limit.Limits;
import dev.jarvis.gateway.limit.Reservation;
import dev.jarvis.gateway.limit.Spent;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;

import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Holds callers to their rates: requests and tokens a minute and requests at once, of the team, the user, the
 * caller key and the model, all or nothing. Costs a look-up in a map where no limit is set.
 */
public final class RateLimiter implements Limits {
    private final Supplier<RateRules> rules;
    private final RateStore store;
    private final TokenGuess guess;
    private final MeterRegistry registry;

    public RateLimiter(Supplier<RateRules> rules, RateStore store, TokenGuess guess, MeterRegistry registry) {
        this.rules = rules;
        this.store = store;
        this.guess = guess;
        this.registry = registry;
    }

    @Override
    public void reserve(Demand demand, Context loop, Consumer<Decision> then) {
        List<RateClaim> claims = rules.get().claimsOf(demand);
        if (claims.isEmpty()) {
            then.accept(new Decision.Reserved(Reservation.NONE));
            return;
        }
        store.reserve(claims, guess.of(demand), loop, answer -> {
            switch (answer) {
                case RateAnswer.Granted granted -> then.accept(new Decision.Reserved(new Held(demand, granted)));
                case RateAnswer.Refused refused -> {
                    count(refused.shortage());
                    then.accept(new Decision.Refused(RateRefusals.of(refused)));
                }
            }
        });
    }

    private void count(Shortage shortage) {
        registry.counter(
                        "jarvis.rate.refused",
                        "scope",
                        shortage.subject().scope().code(),
                        "kind",
                        shortage.kind().name().toLowerCase(Locale.ROOT))
                .increment();
    }

    /** One request's part of all its limits. Belongs to the request's loop. */
    private final class Held implements Reservation {
        private final Demand demand;
        private final RateAnswer.Granted granted;
        private long spent;

        Held(Demand demand, RateAnswer.Granted granted) {
            this.demand = demand;
            this.granted = granted;
        }

        @Override
        public void headers(BiConsumer<CharSequence, CharSequence> to) {
            RateHeaders.tell(granted.standings(), granted.degraded(), to);
        }

        @Override
        public void spent(Spent attempt) {
            spent += attempt.userTokens();
        }

        @Override
        public void end() {
            granted.grant().end(spent);
            if (spent > 0) {
                guess.learn(demand, spent);
            }
        }
    }
}
