package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.platform.money.BudgetUnit;
import dev.jarvis.platform.money.RateBand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The opening section of OPEN and SETTLED records. */
final class OpeningFormat {
    private OpeningFormat() {}

    static byte[] encode(OpenedAttempt attempt) {
        RecordWriter writer = new RecordWriter(384)
                .text(attempt.requestId())
                .i32(attempt.attemptNumber())
                .uuid(attempt.userId())
                .optionalUuid(attempt.teamId())
                .optionalUuid(attempt.callerKeyId())
                .text(attempt.model())
                .uuid(attempt.deploymentId())
                .text(attempt.provider())
                .optionalUuid(attempt.providerKeyId())
                .optionalText(attempt.keyHint())
                .text(attempt.upstreamModel())
                .text(attempt.operation())
                .bool(attempt.streamed())
                .text(attempt.serviceTier())
                .i64(attempt.requestBytes())
                .i64(attempt.inputHigh())
                .optionalLong(attempt.outputCap());
        PriceFormat.write(writer, attempt.price());
        writeClaims(writer, attempt.claims());
        return writer.toBytes();
    }

    static OpenedAttempt decode(UUID attemptId, RecordReader reader, int version, Recurring before) {
        return new OpenedAttempt(
                attemptId,
                reader.text(),
                reader.i32(),
                reader.uuid(),
                version == Frame.FIRST_VERSION ? Optional.empty() : reader.optionalUuid(),
                reader.optionalUuid(),
                reader.text(),
                reader.uuid(),
                reader.text(),
                reader.optionalUuid(),
                reader.optionalText(),
                reader.text(),
                reader.text(),
                reader.bool(),
                version == Frame.FIRST_VERSION ? RateBand.STANDARD : reader.text(),
                reader.i64(),
                reader.i64(),
                reader.optionalLong(),
                version == Frame.FIRST_VERSION ? PriceFormat.readFirst(reader) : before.price(reader),
                version == Frame.FIRST_VERSION ? List.of() : before.claims(reader));
    }

    private static void writeClaims(RecordWriter writer, List<BudgetClaim> claims) {
        writer.u8(claims.size());
        for (BudgetClaim claim : claims) {
            writer.uuid(claim.budgetId())
                    .i64(claim.windowStart())
                    .uuid(claim.leaseId())
                    .text(claim.unit().code())
                    .i64(claim.rateNano());
        }
    }

    static List<BudgetClaim> readClaims(RecordReader reader) {
        List<BudgetClaim> claims = new ArrayList<>();
        for (int left = reader.u8(); left > 0; left--) {
            claims.add(new BudgetClaim(
                    reader.uuid(), reader.i64(), reader.uuid(), BudgetUnit.of(reader.text()), reader.i64()));
        }
        return List.copyOf(claims);
    }
}
