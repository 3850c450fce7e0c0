package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.body.BodyCapture;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.dialect.openai.ChatRequest;
import dev.jarvis.gateway.idempotency.Recording;
import dev.jarvis.gateway.limit.Reservation;
import dev.jarvis.platform.http.RequestScope;
import dev.jarvis.platform.identity.Identity;
import io.vertx.core.http.HttpServerRequest;

import java.util.Optional;

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
        BodyCapture bodies) {}
