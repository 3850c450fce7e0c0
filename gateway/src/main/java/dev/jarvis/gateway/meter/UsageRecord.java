package dev.jarvis.gateway.meter;

import java.util.Optional;
import java.util.OptionalInt;

/** A settled attempt, complete: one row of {@code llm_usage}. */
record UsageRecord(
        OpenedAttempt attempt,
        Outcome outcome,
        Charge charge,
        OptionalInt httpStatus,
        Optional<String> errorCode,
        boolean lastOfRequest,
        OptionalInt firstContentMillis,
        int durationMillis,
        long responseBytes,
        Optional<String> upstreamRequestId,
        Optional<String> servedModel) {

    /** @param durationMillis from opening to settling, of a clock that only goes forward */
    static UsageRecord of(OpenedAttempt attempt, Settlement settlement, int durationMillis) {
        return new UsageRecord(
                attempt,
                settlement.outcome(),
                Charge.of(
                        attempt,
                        settlement.outcome(),
                        settlement.httpStatus(),
                        settlement.reported(),
                        settlement.delivered(),
                        settlement.served()),
                status(settlement.httpStatus()),
                settlement.errorCode().map(text -> RecordText.clean(text, RecordText.FOREIGN)),
                settlement.lastOfRequest(),
                settlement.firstContentMillis(),
                Math.max(0, durationMillis),
                Math.max(0, settlement.responseBytes()),
                settlement.upstreamRequestId().map(text -> RecordText.clean(text, RecordText.FOREIGN)),
                settlement.served().model().map(text -> RecordText.clean(text, RecordText.FOREIGN)));
    }

    /** Of an attempt whose gateway died, from the last progress it noted. */
    static UsageRecord interrupted(OpenedAttempt attempt, Progress progress) {
        Settlement settlement = new Settlement(
                Outcome.INTERRUPTED,
                OptionalInt.empty(),
                Optional.of("gateway_interrupted"),
                Optional.empty(),
                progress.delivered(),
                true,
                OptionalInt.empty(),
                0,
                Optional.empty(),
                Served.NOTHING_SAID);
        return of(attempt, settlement, progress.elapsedMillis());
    }

    /** A status is three digits: the column is a smallint, and an odd answer must not cost its record. */
    private static OptionalInt status(OptionalInt told) {
        int status = told.orElse(0);
        return status >= 100 && status <= 999 ? told : OptionalInt.empty();
    }
}
