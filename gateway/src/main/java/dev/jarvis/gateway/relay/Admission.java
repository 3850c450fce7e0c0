package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.body.BodyCapture;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.dialect.openai.ChatRequest;
import dev.jarvis.gateway.idempotency.Recording;
import dev.jarvis.gateway.limit.Reservation;
import dev.jarvis.gateway.meter.AttemptOpening;
import dev.jarvis.platform.http.RequestScope;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.money.RateBand;
import io.vertx.core.http.HttpServerRequest;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A chat request that may be answered: who asks, for what, and what of it.
 *
 * @param traceParent W3C trace context, where the client sent a well-formed one
 * @param reservation what is set aside for it; ended with the exchange
 * @param recording takes the answer down, where it may be asked for again
 * @param bodies takes down what was sent and answered, where that is kept
 */
public record Admission(
        HttpServerRequest request,
        RequestScope scope,
        Identity caller,
        ChatRequest chat,
        Model model,
        Optional<String> traceParent,
        Reservation reservation,
        Recording recording,
        BodyCapture bodies) {

    /**
     * What the journal writes down before an attempt is sent.
     *
     * @param number of the attempt, from 1
     */
    AttemptOpening opening(UUID id, int number, Optional<ProviderKey> key) {
        OptionalLong cap = mostOutput();
        return new AttemptOpening(
                id,
                scope.requestId(),
                number,
                caller,
                model,
                key,
                GenAi.CHAT,
                chat.isStream(),
                RateBand.tierOf(chat.serviceTier().orElse(RateBand.STANDARD)),
                chat.rewrittenLength(model.deployment().upstreamModel()),
                cap.isPresent() ? OptionalLong.of(cap.getAsLong() * chat.choices()) : cap,
                reservation.claims());
    }

    /** Of one choice: what the client allows, or else what was reserved, or else what the model can. */
    private OptionalLong mostOutput() {
        if (chat.maxTokens().isPresent()) {
            return chat.maxTokens();
        }
        OptionalLong reserved = reservation.outputCap();
        if (reserved.isPresent() || model.maxTokens().isEmpty()) {
            return reserved;
        }
        return OptionalLong.of(model.maxTokens().getAsInt());
    }
}
