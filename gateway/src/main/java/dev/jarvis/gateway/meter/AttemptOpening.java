package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.platform.identity.Identity;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What is known of an attempt before its first byte goes to the provider.
 *
 * @param attemptId UUID version 7; also sent to the provider as {@code x-request-id}
 * @param attemptNumber 1 for the first attempt of a request
 * @param operation of OpenTelemetry's {@code gen_ai.operation.name}: {@code chat}
 * @param serviceTier that the request asks for, as {@link dev.jarvis.platform.money.RateBand} knows it
 * @param requestBytes of the body as it goes upstream; also the upper bound of the input estimate
 * @param outputCap the most output tokens the request can produce, where the request or the model limits them
 * @param claims the budgets that its cost is charged to
 */
public record AttemptOpening(
        UUID attemptId,
        String requestId,
        int attemptNumber,
        Identity caller,
        Model model,
        Optional<ProviderKey> key,
        String operation,
        boolean streamed,
        String serviceTier,
        long requestBytes,
        OptionalLong outputCap,
        List<BudgetClaim> claims) {}
