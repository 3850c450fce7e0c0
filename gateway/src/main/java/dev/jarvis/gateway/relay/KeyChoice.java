package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.limit.Demand;
import dev.jarvis.gateway.provider.OpenAiVerdicts;
import dev.jarvis.gateway.rate.KeyRates;
import dev.jarvis.gateway.rate.RateGrant;
import dev.jarvis.gateway.route.Pick;
import dev.jarvis.platform.http.Refusal;
import io.vertx.core.Context;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** With which of a model's provider keys a request is sent next: one that it has not tried and whose rates have room. */
final class KeyChoice {
    private final ChatExchange exchange;
    private final Admission admission;
    private final Relay shared;
    private final Context loop;

    /** Few requests try more than one. */
    private Set<UUID> tried = Set.of();

    /** When the first of the keys that were full is not any more. */
    private Optional<Duration> soonest = Optional.empty();

    KeyChoice(ChatExchange exchange, Admission admission, Relay shared, Context loop) {
        this.exchange = exchange;
        this.admission = admission;
        this.shared = shared;
        this.loop = loop;
    }

    /** The next key by the health of all of them. Whether its rates have room is asked when it is {@linkplain #use used}. */
    Pick next() {
        return shared.keyRing().pick(admission.model().deployment(), tried);
    }

    /** Does not choose this key again. */
    void avoid(ProviderKey key) {
        if (tried.isEmpty()) {
            tried = new HashSet<>();
        }
        tried.add(key.id());
    }

    /** Has the exchange send its request with what was picked, or with another key if that one is full, or say that there is none. */
    void use(Pick pick) {
        switch (pick) {
            case Pick.Use use ->
                shared.keyRates().take(use.key().id(), this::demand, loop, taken -> use(use.key(), taken));
            case Pick.NoKeyNeeded ignored -> exchange.attempt(Optional.empty(), RateGrant.NOTHING);
            case Pick.NoneUsable none ->
                exchange.tell(refusalOf(
                        none, soonest.map(OpenAiVerdicts::rateLimited).orElseGet(OpenAiVerdicts::noUsableKey)));
        }
    }

    /** To be let in may have taken its time: whether the request is still wanted is asked again. */
    private void use(ProviderKey key, KeyRates.Taken taken) {
        boolean unwanted = exchange.isUnwanted();
        switch (taken) {
            case KeyRates.Taken.Free(RateGrant grant)
            when unwanted -> {
                grant.end(0);
                exchange.tell(Failures.stopping());
            }
            case KeyRates.Taken.Free(RateGrant grant) -> exchange.attempt(Optional.of(key), grant);
            case KeyRates.Taken.Full ignored when unwanted -> exchange.tell(Failures.stopping());
            case KeyRates.Taken.Full(Duration usableIn) -> {
                avoid(key);
                soonest = soonest.filter(sooner -> sooner.compareTo(usableIn) <= 0)
                        .or(() -> Optional.of(usableIn));
                use(next());
            }
        }
    }

    private Demand demand() {
        return new Demand(
                admission.caller(),
                admission.model(),
                admission.chat().rewrittenLength(admission.model().deployment().upstreamModel()),
                admission.chat().maxTokens(),
                admission.chat().choices());
    }

    /** When a key rests only for a while, that while; otherwise what there is to say. */
    static Refusal refusalOf(Pick.NoneUsable none, Refusal otherwise) {
        return none.usableIn().map(OpenAiVerdicts::rateLimited).orElse(otherwise);
    }
}
