package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.catalog.Deployment;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.gateway.limit.InputBound;
import dev.jarvis.platform.money.Price;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What the journal keeps of an {@link AttemptOpening}: flat, and enough to settle the attempt without the process that
 * opened it.
 *
 * @param keyHint last four characters of the provider key
 * @param teamId the team that the attempt counts for; empty in journals of the first version
 * @param serviceTier that was asked for; standard in journals of the first version
 * @param inputHigh the most input tokens the request can have, see {@link InputBound}
 * @param claims the budgets that its cost is charged to
 */
record OpenedAttempt(
        UUID attemptId,
        String requestId,
        int attemptNumber,
        UUID userId,
        Optional<UUID> teamId,
        Optional<UUID> callerKeyId,
        String model,
        UUID deploymentId,
        String provider,
        Optional<UUID> providerKeyId,
        Optional<String> keyHint,
        String upstreamModel,
        String operation,
        boolean streamed,
        String serviceTier,
        long requestBytes,
        long inputHigh,
        OptionalLong outputCap,
        Optional<Price> price,
        List<BudgetClaim> claims) {

    OpenedAttempt {
        claims = List.copyOf(claims);
    }

    static OpenedAttempt of(AttemptOpening opening) {
        Model model = opening.model();
        Deployment deployment = model.deployment();
        return new OpenedAttempt(
                opening.attemptId(),
                RecordText.clean(opening.requestId(), RecordText.FOREIGN),
                Math.clamp(opening.attemptNumber(), 1, Short.MAX_VALUE),
                opening.caller().userId(),
                Optional.of(opening.caller().teamId()),
                opening.caller().callerKeyId(),
                RecordText.clean(model.modelId(), RecordText.NAME),
                deployment.id(),
                RecordText.clean(deployment.provider(), RecordText.NAME),
                opening.key().map(key -> key.id()),
                opening.key().map(key -> RecordText.clean(key.secret().hint(), RecordText.FOREIGN)),
                RecordText.clean(deployment.upstreamModel(), RecordText.NAME),
                RecordText.clean(opening.operation(), RecordText.FOREIGN),
                opening.streamed(),
                opening.serviceTier(),
                Math.max(0, opening.requestBytes()),
                InputBound.of(Math.max(0, opening.requestBytes()), model),
                opening.outputCap(),
                model.price(),
                opening.claims());
    }
}
